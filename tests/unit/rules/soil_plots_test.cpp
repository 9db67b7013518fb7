// The table that plotwatch comes with, row by row.
#include <ostream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.hpp"
#include "rules/rules.hpp"

namespace plotwatch::rules {
namespace {

constexpr Date under_the_law{2025, 6, 1}, last_day_of_the_law{2026, 8, 14}, first_day_of_the_code{2026, 8, 15};

const RuleTable& table() {
  static const RuleTable loaded = config::load_rules(PLOTWATCH_SOURCE_DIR "/configs/rules/soil-plots.toml");
  return loaded;
}

struct Expected {
  const char* status;
  const char* transition;
  const char* rule;
  Severity severity;
  const char* article;  // empty: no article named
};

// The name of each case in the list of tests.
void PrintTo(const Expected& e, std::ostream* out) { *out << e.status << "." << e.transition; }

constexpr Severity P0 = Severity::P0, P1 = Severity::P1, P2 = Severity::P2, P3 = Severity::P3;

const std::vector<Expected> expected{
    {"listed", "bare->built", "listed-building", P0, "66(3), 91(4)"},
    {"listed", "vegetation->built", "listed-building", P0, "66(3), 91(4)"},
    {"listed", "water->built", "listed-building", P0, "66(3), 91(4)"},
    {"listed", "vegetation->bare", "listed-earthwork", P3, "62, 64"},
    {"listed", "built->bare", "listed-earthwork", P3, "62, 64"},
    {"survey_pending", "vegetation->bare", "survey-pending-construction", P1, "59(1), 60, 94"},
    {"survey_pending", "bare->built", "survey-pending-construction", P1, "59(1), 60, 94"},
    {"use_change", "bare->built", "use-change-construction", P1, "59(2), 94(1)"},
    {"use_change", "water->bare", "use-change-construction", P1, "59(2), 94(1)"},
    {"priority_idle", "vegetation->bare", "priority-idle-construction", P1, "59(1)"},
    {"priority_idle", "bare->built", "priority-idle-construction", P1, "59(1)"},
    {"priority_idle", "built->bare", "priority-idle-demolition", P2, "86(4)"},
    {"acquisition", "vegetation->built", "acquisition-construction", P1, "67"},
    {"staged", "bare->built", "staged-building", P0, "66(3)"},
    {"staged", "vegetation->bare", "staged-heap", P1, "41, 91(3)"},
    {"aftercare", "vegetation->bare", "aftercare-disturbance", P1, "42(3), 92"},
    {"aftercare", "bare->built", "aftercare-disturbance", P1, "42(3), 92"},
    {"key_unit", "built->bare", "key-unit-demolition", P2, "86(4)"},
    {"key_unit", "bare->built", "key-unit-construction", P3, ""},
    {"unused", "vegetation->built", "unused-occupation", P1, "79(2)"},
    {"unused", "vegetation->bare", "unused-occupation", P1, "79(2)"},
    {"strict_farmland", "bare->vegetation", "strict-farmland-crop", P2, "54"},
    {"strict_farmland", "bare->built", "strict-farmland-construction", P2, ""},
    {"cleared", "bare->built", "cleared-building", P3, "66(1)-(2)"},
    {"listed", "other change", "unclear-change", P2, ""},
    {"unused", "other change", "unclear-change", P2, ""},
    {"cleared", "other change", "unclear-change-record", P3, ""},
    {"listed", "bare->vegetation", "no-construction", P3, ""},
    {"strict_farmland", "bare->water", "no-construction", P3, ""},
    {"somewhere", "bare->built", "other-status-construction", P2, ""},
    {"", "vegetation->bare", "other-status-construction", P2, ""},
    {"somewhere", "bare->water", "any-change", P3, ""},
};

class SoilPlots : public testing::TestWithParam<Expected> {};

TEST_P(SoilPlots, GivesTheRowOfTheField) {
  const Expected& e = GetParam();
  const Verdict v = judge(table(), e.status, parse_transition(e.transition).value(), under_the_law);
  EXPECT_EQ(v.rule_id, e.rule);
  EXPECT_EQ(v.severity, e.severity);
  const std::string article = e.article;
  EXPECT_EQ(v.basis, article.empty() ? "screening practice, no article named"
                                     : "Soil Pollution Prevention and Control Law 土壤污染防治法, art. " + article);
  EXPECT_EQ(v.verified, !article.empty());
}

// The Code carries the same rules on; its articles are not confirmed, so nothing of it may be shown as a fact.
TEST_P(SoilPlots, ChangesLawOnTheDayOfTheCode) {
  const Expected& e = GetParam();
  const Transition t = parse_transition(e.transition).value();
  const Verdict before = judge(table(), e.status, t, last_day_of_the_law);
  const Verdict after = judge(table(), e.status, t, first_day_of_the_code);
  EXPECT_EQ(before.rule_id, e.rule);
  EXPECT_EQ(after.severity, e.severity);
  EXPECT_EQ(after.reason_zh, before.reason_zh);
  EXPECT_FALSE(after.verified);
  if (*e.article) {
    EXPECT_EQ(after.rule_id, std::string(e.rule) + "-code");
    EXPECT_THAT(after.basis, testing::StartsWith("Ecological and Environmental Code"));
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, SoilPlots, testing::ValuesIn(expected));

TEST(SoilPlotsTable, HasNoProblems) {
  EXPECT_THAT(problems(table()), testing::IsEmpty());
  EXPECT_THAT(conflicts(table()), testing::IsEmpty());
}

// Rows with more conditions than status, transition and date.
TEST(SoilPlotsTable, HeapsAreExpectedUntilThePromisedDay) {
  Case facts{"staged", {Cover::vegetation, Cover::bare}, under_the_law};
  facts.due = Date::from_days(under_the_law.days() + std::chrono::days{1});
  EXPECT_EQ(judge(table(), facts).rule_id, "staged-heap-in-time");
  EXPECT_EQ(judge(table(), facts).severity, P3);
  facts.due = Date::from_days(under_the_law.days() - std::chrono::days{1});
  EXPECT_EQ(judge(table(), facts).rule_id, "staged-heap");
  facts.date = {2026, 9, 1};
  facts.due = Date{2026, 9, 2};
  EXPECT_EQ(judge(table(), facts).rule_id, "staged-heap-in-time-code");
  EXPECT_FALSE(judge(table(), facts).verified);
}

TEST(SoilPlotsTable, StagesTellWhatOtherChangesAre) {
  Case facts{"listed", {}, under_the_law};
  EXPECT_EQ(judge(table(), facts).rule_id, "unclear-change");
  facts.stage = Stage::unclear;
  EXPECT_EQ(judge(table(), facts).rule_id, "unclear-change");
  facts.stage = Stage::crop;
  EXPECT_EQ(judge(table(), facts).rule_id, "crop-only");
  EXPECT_EQ(judge(table(), facts).severity, P3);
  facts.stage = Stage::cover_net;
  EXPECT_EQ(judge(table(), facts).rule_id, "cover-net");
  EXPECT_EQ(judge(table(), facts).severity, P2);
  facts.transition = {Cover::bare, Cover::vegetation};
  EXPECT_EQ(judge(table(), facts).rule_id, "cover-net-like-vegetation");
  facts.stage = Stage::regrowth;
  EXPECT_EQ(judge(table(), facts).rule_id, "no-construction");
  // What is known to be built is no matter of stages.
  EXPECT_EQ(judge(table(), {"listed", {Cover::bare, Cover::built}, under_the_law}).rule_id, "listed-building");
}

TEST(SoilPlotsTable, DocumentsLowerAndAreNamed) {
  Case facts{"listed", {Cover::vegetation, Cover::built}, under_the_law};
  Permit plan;
  plan.kind = "remediation_plan";
  plan.name = "京兴修复〔2025〕3号";
  facts.permits = {{plan, 1.0}};
  const Verdict v = judge(table(), facts);
  EXPECT_EQ(v.rule_id, "listed-building");
  EXPECT_EQ(v.severity, P3);
  EXPECT_EQ(v.permit, plan.name);
  EXPECT_THAT(v.reason, testing::HasSubstr(plan.name));
  EXPECT_THAT(v.reason_zh, testing::HasSubstr(plan.name));
  facts.permits[0].permit.kind = "permit";
  EXPECT_EQ(judge(table(), facts).severity, P3);
}

TEST(SoilPlotsTable, VisitsAreDueInTenWorkingDays) {
  const Verdict v = judge(table(), Case{"listed", {Cover::bare, Cover::built}, {2026, 6, 5}});
  EXPECT_EQ(v.deadline, (Date{2026, 6, 19}));
}

TEST(SoilPlotsTable, EveryRowIsTestedAbove) {
  std::set<std::string> tested{"staged-heap-in-time", "staged-heap-in-time-code", "crop-only", "cover-net",
                               "cover-net-like-vegetation"};
  for (const Expected& e : expected) tested.insert({e.rule, std::string(e.rule) + "-code"});
  for (const Rule& rule : table().rules) EXPECT_TRUE(tested.contains(rule.id)) << rule.id;
}

TEST(SoilPlotsTable, EveryReasonSaysSuspectedAndNoneSaysIllegal) {
  for (const Rule& rule : table().rules) {
    EXPECT_THAT(rule.reason, testing::StartsWith("Suspected ")) << rule.id;
    EXPECT_THAT(rule.reason_zh, testing::HasSubstr("疑似")) << rule.id;
    EXPECT_THAT(rule.reason + rule.reason_zh, testing::Not(testing::HasSubstr("llegal"))) << rule.id;
    EXPECT_THAT(rule.reason_zh, testing::Not(testing::HasSubstr("违法"))) << rule.id;
  }
}

TEST(SoilPlotsTable, LeavesNoCaseWithoutARow) {
  for (const char* status : {"listed", "survey_pending", "use_change", "priority_idle", "acquisition", "staged",
                             "aftercare", "key_unit", "unused", "strict_farmland", "cleared", "unknown", ""})
    for (const Transition t : all_transitions())
      for (const Date& date : {Date{2003, 2, 6}, under_the_law, first_day_of_the_code})
        EXPECT_NE(judge(table(), status, t, date).rule_id, "no-rule") << status << " " << name(t) << " " << date.iso();
}

}  // namespace
}  // namespace plotwatch::rules
