#include "ledger/statistics.hpp"

#include <gmock/gmock.h>

#include "unit/ledger/office.hpp"

namespace plotwatch::ledger {
namespace {

using test::day;
using testing::ElementsAre;

Case made(int plot, const char* first_seen, Judgement judgement = Judgement::none, const char* judged_on = "") {
  Case c;
  c.id = test::plot_code(plot) + "-" + first_seen;
  c.plot_code = test::plot_code(plot);
  c.plot_status = "listed";
  c.unit = plot % 2 ? "黄村镇" : "魏善庄镇";
  c.first_seen = c.last_seen = c.last_look = day(first_seen);
  c.judgement = judgement;
  if (judgement != Judgement::none) c.judged_at = std::string(judged_on) + "T08:00:00Z";
  return c;
}

TEST(Statistics, CountsByPeriodAndUnit) {
  std::vector<Case> cases{made(0, "2026-01-10", Judgement::false_change, "2026-01-20"),
                          made(1, "2026-03-31", Judgement::construction, "2026-04-02"),
                          made(2, "2026-02-01", Judgement::suspected, "2026-02-05"),
                          made(3, "2026-02-01", Judgement::unclear, "2026-02-03"),
                          made(4, "2025-12-31"),
                          made(5, "2026-04-01"),
                          made(6, "2026-04-01")};
  cases[5].confirmed_on = day("2026-04-06");
  cases[5].deadline = day("2026-04-20");
  cases[6].merged_into = "another";
  StatisticsRequest request{day("2026-01-01"), day("2026-06-30"), Period::quarter, false, false};
  const std::vector<StatisticsRow> rows = statistics(cases, request);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].period, "2026-Q1");
  EXPECT_EQ(rows[0].opened, 4);
  EXPECT_EQ(rows[0].judged.at(Judgement::unclear), 1);
  EXPECT_DOUBLE_EQ(*rows[0].false_alarm_share, 0.5);     // of false change and suspected
  EXPECT_DOUBLE_EQ(*rows[0].median_days_to_verdict, 4);  // of 10, 4, 2
  EXPECT_EQ(rows[1].opened, 1);
  EXPECT_EQ(rows[1].confirmed, 1);
  EXPECT_EQ(rows[1].overdue, 1);
  EXPECT_DOUBLE_EQ(*rows[1].false_alarm_share, 0);
  request.by_unit = true;
  request.period = Period::year;
  const std::vector<StatisticsRow> by_unit = statistics(cases, request);
  ASSERT_EQ(by_unit.size(), 2u);
  EXPECT_EQ(by_unit[0].unit, "魏善庄镇");
  EXPECT_EQ(by_unit[0].opened, 2);
  EXPECT_EQ(by_unit[1].opened, 3);
}

TEST(Statistics, PeriodsOfADay) {
  EXPECT_EQ(period_of(day("2026-03-31"), Period::quarter), "2026-Q1");
  EXPECT_EQ(period_of(day("2026-04-01"), Period::quarter), "2026-Q2");
  EXPECT_EQ(period_of(day("2026-12-01"), Period::quarter), "2026-Q4");
  EXPECT_EQ(period_of(day("2026-04-01"), Period::month), "2026-04");
}

TEST(KeyFigure, NeedsAllOrNearlyAllWithEverythingSettled) {
  const PlotRegister twenty = test::plot_register(20);
  std::vector<Case> cases{made(3, "2026-03-01", Judgement::suspected, "2026-03-02")};
  KeyFigure k = key_figure(cases, twenty, 2026, key_statuses());
  EXPECT_EQ(k.share, 1.0);
  EXPECT_TRUE(*k.met);
  EXPECT_EQ(k.waiting, 1);
  cases.push_back(made(4, "2026-03-01", Judgement::construction, "2026-03-05"));
  k = key_figure(cases, twenty, 2026, key_statuses());
  EXPECT_EQ(k.share, 0.95);
  EXPECT_FALSE(*k.met);
  EXPECT_THAT(k.unsettled, ElementsAre("DX-004-2026-03-01"));
  cases.back().penalised_on = day("2026-06-01");
  cases.back().put_right_on = day("2027-01-01");  // too late
  EXPECT_FALSE(*key_figure(cases, twenty, 2026, key_statuses()).met);
  cases.back().put_right_on = day("2026-12-31");
  EXPECT_TRUE(*key_figure(cases, twenty, 2026, key_statuses()).met);
  EXPECT_FALSE(*key_figure(cases, test::plot_register(19), 2026, key_statuses()).met);  // 94.7 %
  EXPECT_EQ(key_figure(cases, twenty, 2025, key_statuses()).violations, 0);
  EXPECT_FALSE(key_figure(cases, twenty, 2026, {"cleared"}).met.has_value());
}

TEST(LongUnseen, NeverSeenComeFirst) {
  const PlotRegister plots = test::plot_register(4);
  const std::vector<LongUnseen> list = long_unseen(
      plots, {day("2026-03-01"), std::nullopt, day("2026-02-01"), day("2026-03-02")}, day("2026-04-01"), 30);
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].plot.code, "DX-001");
  EXPECT_FALSE(list[0].days);
  EXPECT_EQ(list[1].days, 59);
  EXPECT_EQ(list[2].days, 31);
}

}  // namespace
}  // namespace plotwatch::ledger
