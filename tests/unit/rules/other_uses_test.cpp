// The tables for the other uses of the engine: each row is reached by the case beside it, and no table has problems.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.hpp"
#include "rules/rules.hpp"

namespace plotwatch::rules {
namespace {

constexpr Severity P1 = Severity::P1, P2 = Severity::P2, P3 = Severity::P3;
enum class Due { unknown, passed, open };

struct Expected {
  const char *table, *status, *transition, *date;
  double area;
  Due due;
  const char* rule;
  Severity severity;
};

void PrintTo(const Expected& e, std::ostream* out) { *out << e.table << "." << e.rule; }

RuleTable load(const std::string& name) {
  return config::load_rules(PLOTWATCH_SOURCE_DIR "/configs/rules/" + name + ".toml");
}

const std::vector<Expected> expected{
    {"unused-land", "unused", "bare->built", "2026-06-01", 100, Due::unknown, "unused-building", P1},
    {"unused-land", "unused", "bare->built", "2026-08-15", 100, Due::unknown, "unused-building-code", P1},
    {"unused-land", "unused", "vegetation->bare", "2026-06-01", 2000, Due::unknown, "unused-large-earthwork", P1},
    {"unused-land", "unused", "vegetation->bare", "2026-09-01", 2000, Due::unknown, "unused-large-earthwork-code", P1},
    {"unused-land", "unused", "vegetation->bare", "2026-06-01", 1999, Due::unknown, "unused-earthwork", P2},
    {"unused-land", "unused", "bare->vegetation", "2026-06-01", 100, Due::unknown, "unused-greening", P3},
    {"unused-land", "unused", "other change", "2026-06-01", 100, Due::unknown, "unused-unclear", P2},
    {"unused-land", "listed", "bare->built", "2026-06-01", 100, Due::unknown, "any-change", P3},
    {"key-farmland", "key_farmland", "bare->built", "2026-06-01", 100, Due::unknown, "farmland-building", P1},
    {"key-farmland", "strict_farmland", "bare->vegetation", "2026-06-01", 100, Due::unknown, "strict-crop", P2},
    {"key-farmland", "strict_farmland", "bare->vegetation", "2026-09-01", 100, Due::unknown, "strict-crop-code", P2},
    {"key-farmland", "strict_farmland", "bare->vegetation", "2026-01-01", 100, Due::unknown, "strict-plants-off-season",
     P3},
    {"key-farmland", "key_farmland", "vegetation->bare", "2026-06-01", 600, Due::unknown, "farmland-fallow", P2},
    {"key-farmland", "key_farmland", "bare->water", "2026-06-01", 100, Due::unknown, "farmland-water", P2},
    {"key-farmland", "key_farmland", "bare->vegetation", "2026-06-01", 100, Due::unknown, "farmland-planted", P3},
    {"key-farmland", "key_farmland", "vegetation->bare", "2026-12-01", 600, Due::unknown, "any-change", P3},
    {"rural-cleanup", "cleanup_site", "vegetation->bare", "2026-06-01", 100, Due::passed, "cleanup-new-heap-overdue",
     P1},
    {"rural-cleanup", "cleanup_site", "vegetation->bare", "2026-06-01", 100, Due::open, "cleanup-new-heap", P2},
    {"rural-cleanup", "cleanup_site", "bare->built", "2026-06-01", 100, Due::unknown, "cleanup-building", P2},
    {"rural-cleanup", "cleanup_site", "bare->vegetation", "2026-06-01", 100, Due::unknown, "cleanup-progress", P3},
    {"rural-cleanup", "listed", "bare->vegetation", "2026-06-01", 100, Due::unknown, "any-change", P3},
    {"reclamation", "reclamation", "bare->built", "2026-06-01", 100, Due::unknown, "reclamation-building", P1},
    {"reclamation", "reclamation", "built->bare", "2026-06-01", 100, Due::passed, "reclamation-setback-overdue", P1},
    {"reclamation", "reclamation", "built->bare", "2026-06-01", 100, Due::open, "reclamation-earthwork", P3},
    {"reclamation", "reclamation", "bare->vegetation", "2026-06-01", 100, Due::unknown, "reclamation-progress", P3},
    {"reclamation", "reclamation", "bare->water", "2026-06-01", 100, Due::unknown, "reclamation-water", P2},
    {"reclamation", "listed", "bare->water", "2026-06-01", 100, Due::unknown, "any-change", P3},
};

class OtherUses : public testing::TestWithParam<Expected> {};

TEST_P(OtherUses, GiveTheRowOfTheCase) {
  const Expected& e = GetParam();
  Case facts{e.status, parse_transition(e.transition).value(), parse_date(e.date).value()};
  facts.area_m2 = e.area;
  if (e.due != Due::unknown) facts.due = e.due == Due::passed ? Date{2026, 1, 1} : Date{2027, 1, 1};
  const Verdict v = judge(load(e.table), facts);
  EXPECT_EQ(v.rule_id, e.rule);
  EXPECT_EQ(v.severity, e.severity);
  EXPECT_THAT(v.reason, testing::StartsWith("Suspected "));
  EXPECT_THAT(v.reason_zh, testing::HasSubstr("疑似"));
}

INSTANTIATE_TEST_SUITE_P(Rows, OtherUses, testing::ValuesIn(expected));

TEST(OtherUsesTables, HaveNoProblemsAndEveryRowIsTested) {
  for (const char* name : {"unused-land", "key-farmland", "rural-cleanup", "reclamation"}) {
    const RuleTable table = load(name);
    EXPECT_THAT(problems(table), testing::IsEmpty()) << name;
    EXPECT_THAT(conflicts(table), testing::IsEmpty()) << name;
    std::set<std::string> tested;
    for (const Expected& e : expected)
      if (std::string(e.table) == name) tested.insert(e.rule);
    for (const Rule& rule : table.rules) EXPECT_TRUE(tested.contains(rule.id)) << name << " " << rule.id;
  }
}

}  // namespace
}  // namespace plotwatch::rules
