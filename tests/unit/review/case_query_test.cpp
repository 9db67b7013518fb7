#include "review/case_query.hpp"

#include <gtest/gtest.h>

#include "review/api_error.hpp"

namespace plotwatch::review {
namespace {

Date day(const char* text) { return *parse_date(text); }

BoardCase made(const std::string& id, Severity severity, double confidence, const char* deadline = nullptr) {
  BoardCase c;
  c.record.id = id;
  c.record.plot_code = "DX-001";
  c.record.plot_name = "示例地块 Alpha";
  c.record.unit = "West";
  c.record.rule.severity = severity;
  c.record.confidence = confidence;
  c.record.first_seen = day("2026-03-15");
  if (deadline) c.record.deadline = day(deadline);
  return c;
}

std::vector<std::string> ids(std::vector<BoardCase> cases, const CaseQuery& query = {}) {
  Board board;
  for (BoardCase& c : cases) board.cases.push_back(std::make_shared<BoardCase>(std::move(c)));
  std::sort(board.cases.begin(), board.cases.end(), [](const auto& a, const auto& b) { return more_urgent(*a, *b); });
  std::vector<std::string> out;
  for (const BoardCase* c : select(board, query, "", day("2026-04-01"))) out.push_back(c->record.id);
  return out;
}

using Ids = std::vector<std::string>;

TEST(CaseOrder, IsSeverityThenDeadlineThenConfidence) {
  EXPECT_EQ(ids({made("d", Severity::P1, 0.9), made("a", Severity::P0, 0.2, "2026-05-01"),
                 made("b", Severity::P0, 0.9, "2026-05-02"), made("c", Severity::P1, 0.5, "2026-09-01"),
                 made("e", Severity::P1, 0.7)}),
            (Ids{"a", "b", "c", "d", "e"}));
}

TEST(CaseOrder, PutsClosedJudgedAndBelowThresholdAfterOthers) {
  BoardCase closed = made("closed", Severity::P0, 1), judged = made("judged", Severity::P0, 1),
            below = made("below", Severity::P1, 1);
  closed.record.open = false;
  judged.record.judgement = Judgement::suspected;
  below.below_threshold = true;
  EXPECT_EQ(ids({closed, judged, below, made("low", Severity::P1, 0.1), made("p2", Severity::P2, 1)}),
            (Ids{"low", "below", "p2", "judged", "closed"}));
}

TEST(CaseQuery, FindsTextInIdCodeAndNameWhateverItsCase) {
  const std::vector<BoardCase> cases{made("DX-001-20260315-1", Severity::P0, 1)};
  for (const char* text : {"dx-001-2026", "ALPHA", "示例", "001"}) {
    CaseQuery query;
    query.text = lower_case(text);
    EXPECT_EQ(ids(cases, query).size(), 1u) << text;
  }
  CaseQuery other;
  other.text = "beta";
  EXPECT_TRUE(ids(cases, other).empty());
}

TEST(CaseQuery, CountsOverdueOnlyWhatIsStillToBeVisited) {
  BoardCase late = made("late", Severity::P0, 1, "2026-03-31"), today = made("today", Severity::P0, 1, "2026-04-01"),
            done = late, gone = late;
  done.record.judgement = Judgement::farm_work;
  gone.record.open = false;
  CaseQuery query;
  query.overdue = true;
  EXPECT_EQ(ids({late, today, done, gone}, query), (Ids{"late"}));
}

TEST(CaseQuery, OfAUnitSeesNothingElse) {
  Board board;
  BoardCase other = made("other", Severity::P0, 1);
  other.record.unit = "East";
  board.cases = {std::make_shared<BoardCase>(made("own", Severity::P0, 1)), std::make_shared<BoardCase>(other)};
  CaseQuery query;
  query.units = {"East", "West"};
  const auto seen = select(board, query, "West", day("2026-04-01"));
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0]->record.id, "own");
}

TEST(CaseQuery, IsReadFromParameters) {
  Request request;
  request.query = {{"open", "1"},    {"tier", "gone"}, {"tier", "confirmed"},  {"severity", "P0"},
                   {"mine", "1"},    {"text", "Ab"},   {"from", "2026-01-31"}, {"sort", "area"},
                   {"offset", "10"}, {"limit", "5000"}};
  const CaseQuery query = parse_case_query(request, "li");
  EXPECT_EQ(query.open, true);
  EXPECT_EQ(query.tiers, (std::set{Tier::gone, Tier::confirmed}));
  EXPECT_EQ(query.severities, std::set{Severity::P0});
  EXPECT_EQ(query.assigned_to, "li");
  EXPECT_EQ(query.text, "ab");
  EXPECT_EQ(query.from, day("2026-01-31"));
  EXPECT_EQ(query.order, CaseOrder::area);
  EXPECT_EQ(query.offset, 10u);
  EXPECT_EQ(query.limit, most_cases_a_page);
}

TEST(CaseQuery, RefusesWhatItDoesNotKnow) {
  for (const auto& [name, value] : Query{{"tier", "lost"},
                                         {"severity", "P9"},
                                         {"open", "yes"},
                                         {"limit", "-1"},
                                         {"limit", ""},
                                         {"offset", "99999999999999999999"},
                                         {"from", "2026-02-30"},
                                         {"from", "2026-01-01T00:00"},
                                         {"sort", "id"},
                                         {"text", "\x01"},
                                         {"page", "1"},
                                         {"text", std::string(201, 'x')}}) {
    Request request;
    request.query = {{name, value}};
    EXPECT_THROW(parse_case_query(request, "li"), ApiError) << name << "=" << value;
  }
}

}  // namespace
}  // namespace plotwatch::review
