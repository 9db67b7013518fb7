#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/working_days.hpp"
#include "rules/priority.hpp"
#include "rules/rules.hpp"

namespace plotwatch::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Transition bare_to_built{Cover::bare, Cover::built}, built_to_bare{Cover::built, Cover::bare};
constexpr Date day{2026, 6, 5};  // a Friday

Rule rule(const std::string& id, Severity severity = Severity::P1) {
  Rule r;
  r.id = id;
  r.severity = severity;
  r.reason = "Suspected ";
  r.reason += id;
  r.reason_zh = "疑似";
  return r;
}

Case facts() {
  Case c{"listed", bare_to_built, day};
  c.area_m2 = 1000;
  return c;
}

TEST(Conditions, SizeIsHalfOpen) {
  Rule large = rule("large"), small = rule("small");
  large.min_area_m2 = 1000;
  small.max_area_m2 = 1000;
  const RuleTable table{"t", {large, small}};
  Case c = facts();
  EXPECT_EQ(judge(table, c).rule_id, "large");
  c.area_m2 = 999.9;
  EXPECT_EQ(judge(table, c).rule_id, "small");
  c.area_m2.reset();
  EXPECT_EQ(judge(table, c).rule_id, "no-rule");
}

TEST(Conditions, DistanceToAKindOfThing) {
  Rule near = rule("near"), far = rule("far");
  near.near = far.near = "water";
  near.within_m = 300;
  far.beyond_m = 300;
  const RuleTable table{"t", {near, far}};
  Case c = facts();
  EXPECT_EQ(judge(table, c).rule_id, "no-rule");
  c.distance_m["water"] = 300;
  EXPECT_EQ(judge(table, c).rule_id, "near");
  c.distance_m["water"] = 300.1;
  EXPECT_EQ(judge(table, c).rule_id, "far");
}

TEST(Conditions, MonthsAndPromises) {
  Rule summer = rule("summer"), overdue = rule("overdue"), in_time = rule("in-time");
  summer.months = {7, 8};
  overdue.due_passed = true;
  in_time.due_passed = false;
  const RuleTable table{"t", {summer, overdue, in_time}};
  Case c = facts();
  EXPECT_EQ(judge(table, c).rule_id, "no-rule");
  c.due = day;
  EXPECT_EQ(judge(table, c).rule_id, "in-time");
  c.due = Date{2026, 6, 4};
  EXPECT_EQ(judge(table, c).rule_id, "overdue");
  c.date = {2026, 7, 1};
  EXPECT_EQ(judge(table, c).rule_id, "summer");
}

TEST(Conditions, VerdictSaysWhoAndUntilWhen) {
  Rule r = rule("a");
  r.deadline_days = 10;
  r.unit = "生态环境局";
  r.basis = "Law";
  r.article = "66(3)";
  const Verdict v = judge({"t", {r}}, facts());
  EXPECT_EQ(v.deadline, (Date{2026, 6, 19}));
  EXPECT_EQ(v.unit, "生态环境局");
  EXPECT_EQ(v.basis, "Law, art. 66(3)");
}

TEST(WorkingDays, LeaveOutWeekendsAndHolidays) {
  EXPECT_EQ(add_working_days(day, 0, {}), day);
  EXPECT_EQ(add_working_days(day, 1, {}), (Date{2026, 6, 8}));
  EXPECT_EQ(add_working_days(day, 1, {{{2026, 6, 8}}, {}}), (Date{2026, 6, 9}));
  EXPECT_EQ(add_working_days(day, 1, {{}, {{2026, 6, 6}}}), (Date{2026, 6, 6}));
  EXPECT_FALSE(is_working_day({2026, 6, 7}, {}));
}

PermitRule row(const std::string& kind, Severity severity) { return {kind, {}, severity, "Within {}.", "位于{}内。"}; }

PermitCover cover(const std::string& name, double share = 1) {
  Permit p;
  p.kind = "plan";
  p.name = name;
  return {p, share};
}

TEST(Permits, LowerAndAreNamed) {
  const RuleTable table{"t", {rule("a", Severity::P0)}, {row("plan", Severity::P3)}};
  Case c = facts();
  c.permits = {cover("No. 7")};
  const Verdict v = judge(table, c);
  EXPECT_EQ(v.severity, Severity::P3);
  EXPECT_EQ(v.rule_id, "a");
  EXPECT_EQ(v.permit, "No. 7");
  EXPECT_EQ(v.reason, "Suspected a Within No. 7.");
  EXPECT_EQ(v.reason_zh, "疑似位于No. 7内。");
}

TEST(Permits, NeverRaise) {
  const RuleTable table{"t", {rule("a", Severity::P3)}, {row("plan", Severity::P1)}};
  Case c = facts();
  c.permits = {cover("x")};
  EXPECT_EQ(judge(table, c).severity, Severity::P3);
}

TEST(Permits, MustCoverBeInForceAndAllow) {
  const RuleTable table{"t", {rule("a", Severity::P0)}, {row("plan", Severity::P3)}};
  const auto severity = [&](const PermitCover& p) {
    Case c = facts();
    c.plot_code = "A";
    c.permits = {p};
    return judge(table, c).severity;
  };
  EXPECT_EQ(severity(cover("x", 0.9)), Severity::P3);
  EXPECT_EQ(severity(cover("x", 0.89)), Severity::P0);
  PermitCover p = cover("x");
  p.permit.to = Date{2026, 6, 4};
  EXPECT_EQ(severity(p), Severity::P0);
  p.permit.to = day;
  EXPECT_EQ(severity(p), Severity::P3);
  p.permit.allows = {built_to_bare};
  EXPECT_EQ(severity(p), Severity::P0);
  p = cover("x");
  p.permit.plot_code = "B";
  EXPECT_EQ(severity(p), Severity::P0);
  p = cover("x");
  p.permit.kind = "other";
  EXPECT_EQ(severity(p), Severity::P0);
}

TEST(Permits, TheFirstThatFitsCounts) {
  const RuleTable table{"t", {rule("a", Severity::P0)}, {row("plan", Severity::P2)}};
  Case c = facts();
  c.permits = {cover("half", 0.5), cover("whole"), cover("also")};
  EXPECT_EQ(judge(table, c).permit, "whole");
}

TEST(Explain, SaysWhyEachRowDoesNotFit) {
  Rule first = rule("first"), second = rule("second");
  first.statuses = {"unused"};
  first.min_area_m2 = 5000;
  first.effective_to = Date{2025, 1, 1};
  const Explanation e = explain({"t", {first, second, rule("third")}}, facts());
  ASSERT_EQ(e.rules.size(), 2u);
  EXPECT_THAT(e.rules[0].why_not,
              ElementsAre("for unused, the plot has 'listed'", "in force to 2025-01-01, the image is of 2026-06-05",
                          "1000 m², less than 5000 m²"));
  EXPECT_TRUE(e.rules[1].fits);
  EXPECT_EQ(e.verdict.rule_id, "second");
  EXPECT_THAT(to_text(e, facts()), HasSubstr("P1 by rule second"));
}

TEST(Reachability, LooksAtEveryCondition) {
  Rule large = rule("large"), rest = rule("rest"), small = rule("small");
  large.min_area_m2 = 100;
  small.max_area_m2 = 100;
  EXPECT_THAT(problems({"t", {large, small, rest}}),
              ElementsAre("rule 'rest' can never decide: earlier rows cover it (large, small)"));
  small.max_area_m2 = 99;
  EXPECT_THAT(problems({"t", {large, small, rest}}), IsEmpty());
  Rule summer = rule("summer"), winter = rule("winter");
  summer.months = {4, 5, 6, 7, 8, 9};
  winter.months = {10, 11, 12, 1, 2, 3};
  EXPECT_THAT(problems({"t", {summer, winter, rest}}), ElementsAre(HasSubstr("'rest' can never decide")));
  // Where no promise is registered, neither of the two fits.
  Rule overdue = rule("overdue"), in_time = rule("in-time");
  overdue.due_passed = true;
  in_time.due_passed = false;
  EXPECT_THAT(problems({"t", {overdue, in_time, rest}}), IsEmpty());
  Rule nothing = rule("nothing");
  nothing.min_area_m2 = 5;
  nothing.max_area_m2 = 5;
  EXPECT_THAT(problems({"t", {nothing}}), ElementsAre(HasSubstr("fits no area")));
}

// Plainly: every combination of a grid of cases, asked one by one.
TEST(Reachability, AgreesWithAskingEveryCase) {
  unsigned state = 99;
  const auto dice = [&](unsigned n) { return (state = state * 1664525u + 1013904223u) / 65536u % n; };
  for (int round = 0; round < 60; ++round) {
    RuleTable table{"t", {}};
    for (int i = 0; i < 7; ++i) {
      Rule r = rule(std::to_string(i));
      if (dice(3)) r.statuses = {dice(2) ? "a" : "b"};
      if (dice(3)) r.transitions = {dice(2) ? bare_to_built : built_to_bare};
      if (dice(3) == 0) r.min_area_m2 = 100.0 * dice(3);
      if (dice(3) == 0) r.max_area_m2 = 100.0 * (3 + dice(3));
      if (dice(3) == 0) r.months = {1, 2, 3, 4, 5, 6};
      table.rules.push_back(r);
    }
    std::set<std::string> reached;
    for (const char* status : {"a", "b", "c"})
      for (const Transition t : {bare_to_built, built_to_bare, Transition{Cover::water, Cover::bare}})
        for (const double area : {50.0, 150.0, 250.0, 350.0, 450.0, 550.0})
          for (const unsigned month : {3u, 9u}) {
            Case c{status, t, {2026, month, 1}};
            c.area_m2 = area;
            reached.insert(judge(table, c).rule_id);
          }
    std::set<std::string> told;
    for (const std::string& p : problems(table))
      if (p.find("can never decide") != std::string::npos || p.find("fits no") != std::string::npos)
        told.insert(p.substr(6, 1));
    for (const Rule& r : table.rules)
      EXPECT_EQ(told.contains(r.id), !reached.contains(r.id)) << r.id << " in round " << round;
  }
}

TEST(Conflicts, AreRowsThatOnlyTheirOrderTellsApart) {
  Rule by_status = rule("by-status", Severity::P0), by_change = rule("by-change", Severity::P2),
       any = rule("any", Severity::P3);
  by_status.statuses = {"listed"};
  by_change.transitions = {built_to_bare};
  EXPECT_THAT(
      conflicts({"t", {by_status, by_change, any}}),
      ElementsAre("rules 'by-status' (P0) and 'by-change' (P2) both fit (listed, built->bare), and neither is the "
                  "narrower: 'by-status' decides because it stands first"));
  by_change.severity = Severity::P0;
  EXPECT_THAT(conflicts({"t", {by_status, by_change, any}}), IsEmpty());
}

Candidate candidate(Severity severity, double confidence, double area_m2, std::optional<Date> deadline = {}) {
  Candidate c;
  c.verdict.severity = severity;
  c.verdict.deadline = deadline;
  c.confidence = confidence;
  c.area_m2 = area_m2;
  c.last_date = day;
  return c;
}

TEST(Priority, SeverityIsNeverOutweighed) {
  EXPECT_TRUE(comes_first(candidate(Severity::P0, 0.01, 10), candidate(Severity::P1, 1, 1e6, day)));
}

TEST(Priority, IsConfidenceTimesSizeTimesUrgency) {
  EXPECT_DOUBLE_EQ(weight(candidate(Severity::P1, 0.5, 400)), 10);
  EXPECT_DOUBLE_EQ(weight(candidate(Severity::P1, 0.5, 400, day)), 20);
  EXPECT_DOUBLE_EQ(weight(candidate(Severity::P1, 0.5, 400, Date{2026, 6, 12})), 15);
  EXPECT_DOUBLE_EQ(weight(candidate(Severity::P1, 0.5, 400, Date{2026, 6, 1})), 20);
  Candidate a = candidate(Severity::P1, 0.5, 400), b = a;
  a.id = "a", b.id = "b";
  EXPECT_TRUE(comes_first(a, b));
  EXPECT_FALSE(comes_first(b, a));
}

}  // namespace
}  // namespace plotwatch::rules
