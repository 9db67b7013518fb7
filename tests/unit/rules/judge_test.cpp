#include "rules/rules.hpp"

#include <gtest/gtest.h>

namespace plotwatch::rules {
namespace {

constexpr Transition bare_to_built{Cover::bare, Cover::built};
constexpr Transition built_to_bare{Cover::built, Cover::bare};
constexpr Date day{2025, 6, 1};

Rule rule(const std::string& id, std::vector<std::string> statuses, std::vector<Transition> transitions) {
  Rule r;
  r.id = id;
  r.statuses = std::move(statuses);
  r.transitions = std::move(transitions);
  r.severity = Severity::P1;
  r.reason = "Suspected " + id;
  r.reason_zh = "疑似" + id;
  r.basis = "art. 1";
  r.verified = true;
  return r;
}

TEST(Judge, FirstFittingRowDecides) {
  const RuleTable table{"t", {rule("a", {"listed"}, {bare_to_built}), rule("b", {"listed"}, {}), rule("c", {}, {})}};
  EXPECT_EQ(judge(table, "listed", bare_to_built, day).rule_id, "a");
  EXPECT_EQ(judge(table, "listed", built_to_bare, day).rule_id, "b");
  EXPECT_EQ(judge(table, "unused", bare_to_built, day).rule_id, "c");
  EXPECT_EQ(judge(table, "", bare_to_built, day).rule_id, "c");
}

TEST(Judge, VerdictCarriesTheWholeRow) {
  const Verdict v = judge({"t", {rule("a", {}, {})}}, "listed", bare_to_built, day);
  EXPECT_EQ(v.severity, Severity::P1);
  EXPECT_EQ(v.reason, "Suspected a");
  EXPECT_EQ(v.reason_zh, "疑似a");
  EXPECT_EQ(v.basis, "art. 1");
  EXPECT_TRUE(v.verified);
}

TEST(Judge, BothEndsOfTheDatesCount) {
  Rule r = rule("a", {}, {});
  r.effective_from = Date{2025, 6, 1};
  r.effective_to = Date{2025, 6, 30};
  const RuleTable table{"t", {r}};
  EXPECT_EQ(judge(table, "x", bare_to_built, {2025, 5, 31}).rule_id, "no-rule");
  EXPECT_EQ(judge(table, "x", bare_to_built, {2025, 6, 1}).rule_id, "a");
  EXPECT_EQ(judge(table, "x", bare_to_built, {2025, 6, 30}).rule_id, "a");
  EXPECT_EQ(judge(table, "x", bare_to_built, {2025, 7, 1}).rule_id, "no-rule");
}

TEST(Judge, TransitionsThatAreNotToldApartAreOne) {
  const RuleTable table{"t", {rule("other", {}, {Transition{}})}};
  EXPECT_EQ(judge(table, "x", {Cover::unknown, Cover::built}, day).rule_id, "other");
  EXPECT_EQ(judge(table, "x", {Cover::bare, Cover::bare}, day).rule_id, "other");
  EXPECT_EQ(judge(table, "x", bare_to_built, day).rule_id, "no-rule");
}

TEST(Judge, NoRowIsSaidAndOnlyRecorded) {
  const Verdict v = judge({}, "listed", bare_to_built, day);
  EXPECT_EQ(v.severity, Severity::P3);
  EXPECT_EQ(v.rule_id, "no-rule");
  EXPECT_EQ(v.reason,
            "No rule of the table fits a suspected change of kind 'bare->built' on a plot with status 'listed' on "
            "2025-06-01.");
  EXPECT_NE(v.reason_zh.find("疑似"), std::string::npos);
  EXPECT_FALSE(v.verified);
  EXPECT_NE(judge({}, "", bare_to_built, day).reason.find("'no status'"), std::string::npos);
}

}  // namespace
}  // namespace plotwatch::rules
