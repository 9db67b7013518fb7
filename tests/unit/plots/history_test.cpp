#include "plots/history.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "plots/findings_text.hpp"
#include "plots/plot_register.hpp"
#include "plots/row_choice.hpp"
#include "plots/write_register.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::plots {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Date february{2026, 2, 28}, august{2026, 8, 31};

MultiPolygon box(double x, double width = 60) {
  const auto at = [&](double dx, double dy) { return Point{39443400 + x + dx, 4399700 + dy}; };
  return {{{at(0, 0), at(width, 0), at(width, 40), at(0, 40), at(0, 0)}, {}}};
}

Plot plot(const std::string& code, const std::string& status, MultiPolygon geometry) {
  Plot p;
  p.code = code;
  p.name = "地块" + code;
  p.status = status;
  p.geometry = std::move(geometry);
  return p;
}

PlotRegister list(std::vector<Plot> plots) {
  PlotRegister r;
  r.source = "list";
  r.crs = io::crs_from_user_input("EPSG:4527");
  r.plots = std::move(plots);
  return r;
}

PlotRegister of_february() {
  return list({plot("A", "listed", box(0)), plot("B", "survey_pending", box(100)), plot("C", "unused", box(200)),
               plot("D", "staged", box(300))});
}

PlotRegister of_august() {
  return list({plot("A", "cleared", box(0)), plot("B", "survey_pending", box(100, 70)), plot("D", "staged", box(300)),
               plot("E", "listed", box(400))});
}

RegisterHistory renewed() {
  RegisterDiff ignored;
  return renew(renew({}, of_february(), february, "1", {}, ignored), of_august(), august, "2", {}, ignored);
}

std::vector<std::string> states(const PlotRegister& plots) {
  std::vector<std::string> all;
  for (const Plot& p : plots.plots) all.push_back(p.code + " " + p.status);
  return all;
}

TEST(RegisterDiff, NamesWhatChanged) {
  const RegisterDiff d = diff(of_february(), of_august());
  EXPECT_EQ(to_text(d),
            "changed  A (地块A): status listed -> cleared\n"
            "changed  B (地块B): boundary +400.0 m² -0.0 m²\n"
            "removed  C (地块C), status unused\n"
            "added    E (地块E), status listed\n"
            "1 added, 1 removed, 2 changed (1 boundary, 1 status), 1 unchanged\n");
  EXPECT_THAT(to_json(d), HasSubstr("\"status_before\": \"listed\""));
}

TEST(RegisterDiff, RingsMayBeginAnywhere) {
  MultiPolygon a = box(0), b = a;
  std::rotate(b[0].outer.begin(), b[0].outer.begin() + 2, b[0].outer.end() - 1);
  b[0].outer.back() = b[0].outer.front();
  EXPECT_TRUE(same_boundary(a, b, 0.001));
  b[0].outer[1].x += 0.002;
  EXPECT_FALSE(same_boundary(a, b, 0.001));
  EXPECT_FALSE(same_boundary(a, {}, 0.001));
}

TEST(RegisterDiff, OtherSystemsAreNoChange) {
  const test::TemporaryFolder folder;
  write_register(folder.file("a.geojson"), of_february());
  RegisterRequest request;
  request.path = folder.file("a.geojson");
  EXPECT_EQ(diff(of_february(), read_register(request)).unchanged, 4u);
}

TEST(History, AnswersForEveryDay) {
  const RegisterHistory h = renewed();
  EXPECT_THAT(states(as_of(h, {2026, 2, 27})), ElementsAre());
  EXPECT_THAT(states(as_of(h, february)), ElementsAre("A listed", "B survey_pending", "C unused", "D staged"));
  EXPECT_THAT(states(as_of(h, {2026, 8, 30})), ElementsAre("A listed", "B survey_pending", "C unused", "D staged"));
  EXPECT_THAT(states(as_of(h, august)), ElementsAre("A cleared", "B survey_pending", "D staged", "E listed"));
  ASSERT_EQ(h.renewals.size(), 2u);
  EXPECT_EQ(h.renewals[1].added, 1u);
  EXPECT_EQ(h.renewals[1].removed, 1u);
  EXPECT_EQ(h.renewals[1].boundary, 1u);
  EXPECT_EQ(h.renewals[1].status, 1u);
  EXPECT_EQ(h.renewals[1].unchanged, 1u);
  // A status that the list dates itself keeps its date; one that it does not begins with the list.
  EXPECT_EQ(as_of(h, august).plots[0].status_from, august);
}

TEST(History, SurvivesItsFile) {
  const test::TemporaryFolder folder;
  const RegisterHistory h = renewed();
  write_history(folder.file("r.gpkg"), h);
  const RegisterHistory again = read_history(folder.file("r.gpkg"));
  EXPECT_EQ(states(as_of(again, february)), states(as_of(h, february)));
  EXPECT_EQ(states(as_of(again, august)), states(as_of(h, august)));
  EXPECT_EQ(again.renewals[1].sha256, "2");
  EXPECT_EQ(again.rows.size(), 7u);
  write_history(folder.file("s.gpkg"), again);
  EXPECT_EQ(io::read_file(folder.file("r.gpkg")), io::read_file(folder.file("s.gpkg")));
}

TEST(History, IsARegisterForEveryOtherReader) {
  const test::TemporaryFolder folder;
  write_history(folder.file("r.gpkg"), renewed());
  RegisterRequest request;
  request.path = folder.file("r.gpkg");
  EXPECT_THAT(states(read_register(request)), ElementsAre("A cleared", "B survey_pending", "D staged", "E listed"));
  request.as_of = Date{2026, 5, 1};
  const PlotRegister then = read_register(request);
  EXPECT_THAT(states(then), ElementsAre("A listed", "B survey_pending", "C unused", "D staged"));
  EXPECT_THAT(then.findings, testing::IsEmpty());
  request.as_of = Date{2025, 5, 1};
  EXPECT_EQ(test::fact_of_error(ExitCode::input, [&] { read_register(request); }),
            "the register holds no plots on 2025-05-01");
}

TEST(History, TheSameListAgainChangesNothing) {
  RegisterDiff changes;
  const RegisterHistory h = renewed(), same = renew(h, of_august(), august, "2", {}, changes);
  EXPECT_EQ(same.rows.size(), h.rows.size());
  EXPECT_EQ(same.renewals.size(), 2u);
  const RegisterHistory later = renew(h, of_august(), {2027, 2, 28}, "3", {}, changes);
  EXPECT_EQ(later.rows.size(), h.rows.size());
  EXPECT_EQ(later.renewals.size(), 3u);
}

TEST(History, ListsComeInOrder) {
  RegisterDiff changes;
  EXPECT_THAT(test::fact_of_error(ExitCode::input,
                                  [&] {
                                    renew(renewed(), of_february(), {2026, 5, 1}, "", {}, changes);
                                  }),
              HasSubstr("a list of 2026-05-01 cannot be taken in"));
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { renew(renewed(), of_february(), august, "", {}, changes); }),
              HasSubstr("with other contents"));
}

TEST(History, APartialListRemovesNothing) {
  RegisterDiff changes;
  RenewOptions partial;
  partial.partial = true;
  const RegisterHistory h =
      renew(renewed(), list({plot("E", "cleared", box(400))}), {2026, 9, 30}, "", partial, changes);
  EXPECT_THAT(states(as_of(h, {2026, 10, 1})), ElementsAre("A cleared", "B survey_pending", "D staged", "E cleared"));
}

TEST(History, WhatAListLeavesOutStaysAsItWas) {
  PlotRegister first = of_february();
  first.plots[0].unit = "黄村镇";
  first.other_fields = {"备注"};
  for (Plot& p : first.plots) p.other = {"旧"};
  RegisterDiff changes;
  RegisterHistory h = renew(renew({}, first, february, "", {}, changes), of_august(), august, "", {}, changes);
  EXPECT_EQ(as_of(h, august).plots[0].unit, "黄村镇");
  EXPECT_EQ(h.other_fields, std::vector<std::string>{"备注"});
}

TEST(History, OtherFilesAreRefused) {
  const test::TemporaryFolder folder;
  write_register(folder.file("a.gpkg"), of_february());
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { read_history(folder.file("a.gpkg")); }),
              HasSubstr("is no register with history"));
}

TEST(ChooseRows, TakesTheRowOfTheDay) {
  const std::vector<RowDates> rows{{"A", {}, {}, Date{2025, 1, 1}, Date{2025, 12, 31}},
                                   {"A", {}, {}, Date{2026, 1, 1}, {}},
                                   {"B", {}, {}, {}, {}},
                                   {"", {}, {}, {}, {}},
                                   {"", {}, {}, {}, {}}};
  using Kept = std::vector<bool>;
  EXPECT_EQ(choose_rows(rows, Date{2025, 6, 1}), (Kept{true, false, true, true, true}));
  EXPECT_EQ(choose_rows(rows, Date{2026, 6, 1}), (Kept{false, true, true, true, true}));
  EXPECT_EQ(choose_rows(rows, Date{2024, 6, 1}), (Kept{true, false, true, true, true}));
  EXPECT_EQ(choose_rows(rows, std::nullopt), (Kept{false, true, true, true, true}));
}

TEST(ChooseRows, RowsWhoseDaysMeetAreDuplicates) {
  const std::vector<RowDates> rows{{"A", {}, {}, Date{2025, 1, 1}, Date{2026, 1, 1}},
                                   {"A", {}, {}, Date{2026, 1, 1}, {}}};
  EXPECT_EQ(choose_rows(rows, Date{2025, 6, 1}), (std::vector<bool>{true, true}));
}

TEST(ReadRegister, AStatusOfOtherDaysSaysNothing) {
  const test::TemporaryFolder folder;
  PlotRegister plots = of_february();
  plots.plots[0].status_from = Date{2026, 2, 28};
  plots.plots[1].status_to = Date{2025, 12, 31};
  write_register(folder.file("a.gpkg"), plots);
  RegisterRequest request;
  request.path = folder.file("a.gpkg");
  request.as_of = Date{2026, 1, 15};
  const PlotRegister read = read_register(request);
  EXPECT_THAT(states(read), ElementsAre("A ", "B ", "C unused", "D staged"));
  ASSERT_EQ(read.findings.size(), 2u);
  EXPECT_EQ(read.findings[0].problem,
            "status \"listed\" begins on 2026-02-28; on 2026-01-15 none is known, only rules for any status apply");
  EXPECT_THAT(read.findings[1].problem, HasSubstr("ended on 2025-12-31"));
}

}  // namespace
}  // namespace plotwatch::plots
