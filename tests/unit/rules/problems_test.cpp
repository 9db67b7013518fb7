#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/rules.hpp"

namespace plotwatch::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Transition bare_to_built{Cover::bare, Cover::built};
constexpr Transition built_to_bare{Cover::built, Cover::bare};

Rule rule(const std::string& id, std::vector<std::string> statuses, std::vector<Transition> transitions) {
  Rule r;
  r.id = id;
  r.statuses = std::move(statuses);
  r.transitions = std::move(transitions);
  r.reason = "Suspected change";
  r.reason_zh = "疑似变化";
  return r;
}

TEST(RuleProblems, AGoodTableHasNone) {
  EXPECT_THAT(problems({"t", {rule("a", {"listed"}, {bare_to_built}), rule("b", {"listed"}, {}), rule("c", {}, {})}}),
              IsEmpty());
  EXPECT_THAT(problems({}), IsEmpty());
}

TEST(RuleProblems, EveryRowIsChecked) {
  Rule bad = rule("", {"listed"}, {});
  bad.reason.clear();
  bad.reason_zh.clear();
  bad.verified = true;
  bad.effective_from = Date{2026, 2, 1};
  bad.effective_to = Date{2026, 1, 1};
  EXPECT_THAT(problems({"t", {bad}}), ElementsAre("rule '' has no id", "rule '' has no reason",
                                                  "rule '' has no reason_zh", "rule '' is verified and names no basis",
                                                  "rule '' is in force from 2026-02-01, after it ends on 2026-01-01"));
}

TEST(RuleProblems, IdsAreUnique) {
  EXPECT_THAT(problems({"t", {rule("a", {"listed"}, {}), rule("a", {"unused"}, {})}}),
              ElementsAre("two rules have the id 'a'"));
}

TEST(RuleProblems, ARowBehindAWiderOneNeverDecides) {
  EXPECT_THAT(problems({"t", {rule("any", {}, {}), rule("a", {"listed"}, {bare_to_built})}}),
              ElementsAre("rule 'a' can never decide: earlier rows cover it (any)"));
}

TEST(RuleProblems, RowsThatCoverTogetherAreFoundToo) {
  EXPECT_THAT(problems({"t",
                        {rule("a", {"listed"}, {bare_to_built}), rule("b", {"listed"}, {built_to_bare}),
                         rule("c", {"listed"}, {bare_to_built, built_to_bare})}}),
              ElementsAre("rule 'c' can never decide: earlier rows cover it (a, b)"));
}

TEST(RuleProblems, AnyStatusStillDecidesForStatusesThatNoRowNames) {
  EXPECT_THAT(problems({"t", {rule("a", {"listed"}, {}), rule("rest", {}, {})}}), IsEmpty());
}

TEST(RuleProblems, OneDayLeftIsEnoughToDecide) {
  Rule first = rule("first", {}, {}), second = rule("second", {}, {}), third = rule("third", {}, {});
  first.effective_to = Date{2026, 8, 14};
  second.effective_from = Date{2026, 8, 16};
  third.effective_from = Date{2026, 8, 15};
  third.effective_to = Date{2026, 8, 15};
  EXPECT_THAT(problems({"t", {first, second, third}}), IsEmpty());
  second.effective_from = Date{2026, 8, 15};
  EXPECT_THAT(problems({"t", {first, second, third}}), ElementsAre(HasSubstr("'third' can never decide")));
  EXPECT_THAT(problems({"t", {first, second, rule("open", {}, {})}}),
              ElementsAre("rule 'open' can never decide: earlier rows cover it (first, second)"));
}

}  // namespace
}  // namespace plotwatch::rules
