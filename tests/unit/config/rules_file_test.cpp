#include <gtest/gtest.h>

#include "config/config.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::config {
namespace {

class RulesFile : public testing::Test {
 protected:
  RuleTable table(const std::string& text) {
    test::write_text(path_, text);
    return load_rules(path_);
  }
  void expect_all(const std::string& text, const std::vector<std::string>& lines) {
    std::string expected = lines.size() == 1 ? "one problem" : std::to_string(lines.size()) + " problems";
    for (const std::string& line : lines) expected += "\n  " + line;
    EXPECT_EQ(test::message_of([&] { table(text); }),
              "[3] " + path_ + ": " + expected + "\n  docs/formats.md describes the rules table.");
  }
  std::string at(int line) const { return path_ + ":" + std::to_string(line) + ": "; }

  test::TemporaryFolder folder_;
  std::string path_ = folder_.file("rules.toml");
};

const std::string first = R"([[rule]]
id = "a"
statuses = ["listed", "staged"]
transitions = ["bare->built", "other change"]
severity = "P0"
reason = "Suspected building."
reason_zh = "疑似建设。"
basis = "art. 1"
verified = true
effective_from = 2019-01-01
effective_to = 2026-08-14
)";  // 11 lines

TEST_F(RulesFile, ReadsEveryField) {
  const RuleTable t = table(first);
  EXPECT_EQ(t.source, path_);
  ASSERT_EQ(t.rules.size(), 1u);
  const Rule& r = t.rules[0];
  EXPECT_EQ(r.id, "a");
  EXPECT_EQ(r.statuses, (std::vector<std::string>{"listed", "staged"}));
  EXPECT_EQ(r.transitions, (std::vector<Transition>{{Cover::bare, Cover::built}, {}}));
  EXPECT_EQ(r.severity, Severity::P0);
  EXPECT_EQ(r.reason, "Suspected building.");
  EXPECT_EQ(r.reason_zh, "疑似建设。");
  EXPECT_EQ(r.basis, "art. 1");
  EXPECT_TRUE(r.verified);
  EXPECT_EQ(r.effective_from, (Date{2019, 1, 1}));
  EXPECT_EQ(r.effective_to, (Date{2026, 8, 14}));
}

TEST_F(RulesFile, AStarMeansEveryKnownCover) {
  const RuleTable t = table(
      "[[rule]]\nid = 'a'\ntransitions = ['*->built']\nseverity = 'P1'\nreason = 'r'\nreason_zh = 'z'\nbasis = 'b'\n"
      "verified = false\n");
  EXPECT_EQ(t.rules[0].transitions,
            (std::vector<Transition>{
                {Cover::vegetation, Cover::built}, {Cover::bare, Cover::built}, {Cover::water, Cover::built}}));
  EXPECT_TRUE(t.rules[0].statuses.empty());
}

TEST_F(RulesFile, SameAsTakesTheCaseAndNotTheLaw) {
  const RuleTable t = table(first +
                            "[[rule]]\nid = 'b'\nsame_as = 'a'\nbasis = 'Code'\nverified = false\n"
                            "effective_from = 2026-08-15\n");
  ASSERT_EQ(t.rules.size(), 2u);
  EXPECT_EQ(t.rules[1].id, "b");
  EXPECT_EQ(t.rules[1].statuses, t.rules[0].statuses);
  EXPECT_EQ(t.rules[1].transitions, t.rules[0].transitions);
  EXPECT_EQ(t.rules[1].severity, Severity::P0);
  EXPECT_EQ(t.rules[1].reason_zh, "疑似建设。");
  EXPECT_EQ(t.rules[1].basis, "Code");
  EXPECT_FALSE(t.rules[1].verified);
  EXPECT_EQ(t.rules[1].effective_from, (Date{2026, 8, 15}));
  EXPECT_EQ(t.rules[1].effective_to, std::nullopt);
}

TEST_F(RulesFile, TellsEveryProblemAtOnce) {
  expect_all(first + R"([[rule]]
id = "b"
status = ["listed"]
transitions = ["bare->bilt"]
severity = "P7"
reason = "r"
verified = "yes"
effective_to = 7
[[rule]]
same_as = "c"
basis = "b"
verified = false
statuses = []
)",
             {at(12) + "rule 'b' has no reason_zh", at(12) + "rule 'b' has no basis",
              at(14) + "rule 'b': 'status' is not known, did you mean 'statuses'?",
              at(15) + "rule 'b': 'bare->bilt' is no transition, did you mean 'bare->built'?",
              at(16) + "rule 'b': severity 'P7' must be P0, P1, P2 or P3",
              at(18) + "rule 'b': verified must be true or false, is text",
              at(19) + "rule 'b': effective_to must be a date, is a whole number", at(20) + "a rule has no id",
              at(21) + "a rule: same_as = 'c' is no earlier rule, did you mean 'a'?",
              at(24) + "a rule: statuses must be a list of text with an entry at least; left out, it means any"});
}

TEST_F(RulesFile, AnEmptyOrForeignFileIsRefused) {
  expect_all("", {"there is no [[rule]] row"});
  expect_all("[change]\nx = 1\n",
             {at(1) + "'change' is not known here; rows are [[rule]], besides [[permit]] and [calendar]",
              "there is no [[rule]] row"});
  expect_all("rule = [1]\n", {at(1) + "a row must be a [[rule]] table"});
}

TEST_F(RulesFile, TakesConditionsDocumentsAndCalendar) {
  const RuleTable t = table(first + R"toml(min_area_m2 = 100
max_area_m2 = 2000.5
near = "water"
within_m = 300
months = [4, 10]
due = "passed"
deadline_days = 10
unit = "生态环境局"
article = "66(3)"
[[permit]]
kind = "remediation_plan"
statuses = ["listed"]
severity = "P3"
reason = "Within {}."
reason_zh = "位于{}内。"
[calendar]
holidays = [2026-10-01]
worked = [2026-10-10]
)toml");
  const Rule& r = t.rules.at(0);
  EXPECT_EQ(r.min_area_m2, 100);
  EXPECT_EQ(r.max_area_m2, 2000.5);
  EXPECT_EQ(r.near, "water");
  EXPECT_EQ(r.within_m, 300);
  EXPECT_EQ(r.months, (std::vector<int>{4, 10}));
  EXPECT_EQ(r.due_passed, true);
  EXPECT_EQ(r.deadline_days, 10);
  EXPECT_EQ(r.unit, "生态环境局");
  EXPECT_EQ(r.article, "66(3)");
  ASSERT_EQ(t.permits.size(), 1u);
  EXPECT_EQ(t.permits[0].kind, "remediation_plan");
  EXPECT_EQ(t.permits[0].severity, Severity::P3);
  EXPECT_EQ(t.calendar.holidays, (std::vector<Date>{{2026, 10, 1}}));
  EXPECT_EQ(t.calendar.worked, (std::vector<Date>{{2026, 10, 10}}));
}

TEST_F(RulesFile, RefusesConditionsThatSayNothing) {
  expect_all(first + R"(min_area_m2 = -1
within_m = 3
months = [0, 13]
due = "soon"
deadline_days = -2
[[permit]]
kind = "k"
severity = "P9"
reason = "r"
[calendar]
holidays = ["tomorrow"]
free = 1
)",
             {at(1) + "rule 'a': within_m and beyond_m need near = \"layer of surroundings\"",
              at(12) + "rule 'a': min_area_m2 must be 0 or more",
              at(14) + "rule 'a': months must be a list of numbers from 1 to 12",
              at(15) + "rule 'a': due 'soon' must be passed or not-passed",
              at(16) + "rule 'a': deadline_days must be 0 to 3650 working days", at(17) + "permit 'k' has no reason_zh",
              at(19) + "permit 'k': severity 'P9' must be P0, P1, P2 or P3",
              at(22) + "calendar: an entry of holidays is 'tomorrow' and must be a date as 2026-11-23",
              at(23) + "calendar: 'free' is not known"});
}

TEST_F(RulesFile, AMissingFileIsSaid) {
  EXPECT_NE(test::message_of([] { load_rules("none.toml"); }).find("[3] none.toml: cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace plotwatch::config
