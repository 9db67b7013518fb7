// Cases against a history, all of it small enough to be worked out by hand.
#include "evaluate/history.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "evaluate/history_files.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"
#include "simulate/season.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::evaluate {
namespace {

MultiPolygon box(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, {}}};
}

// Ten plots for 2025. P1 … P3 have a site each, of 5, 20 and 40 pixels; field P4 is put under film in May.
HistoryTruth truth() {
  HistoryTruth t;
  t.plots = 10;
  t.first = {2025, 1, 1};
  t.last = {2025, 12, 31};
  t.sites = {{"S1", "P1", "building", false, {2025, 3, 1}, 5, box(0, 0, 10, 10)},
             {"S2", "P2", "building", true, {2025, 4, 1}, 20, box(100, 0, 120, 20)},
             {"S3", "P3", "earthwork", false, {2025, 5, 1}, 40, box(200, 0, 240, 20)}};
  t.events = {{"greenhouse film put up", {2025, 5, 10}, box(300, 0, 340, 40)}};
  return t;
}

// Every plot on the 1st, 11th and 21st of each month; P3 not before July.
std::vector<ClearView> views() {
  std::vector<ClearView> all;
  for (const char* plot : {"P1", "P2", "P3", "P4"})
    for (unsigned month = 1; month <= 12; ++month)
      for (const unsigned day : {1U, 11U, 21U})
        if (plot != std::string("P3") || month >= 7) all.push_back({plot, {2025, month, day}});
  return all;
}

HistoryCase seen(const char* plot, const MultiPolygon& ground, Date first, std::optional<Date> confirmed = {},
                 const char* tier = "confirmed") {
  return {"C", plot, ground, first, confirmed, tier};
}

const SiteGroup& group(const HistoryFigures& f, const std::string& name) {
  for (const SiteGroup& g : f.groups)
    if (g.name == name) return g;
  throw std::runtime_error("no group " + name);
}

TEST(HistoryFigures, CountDelaysInLooksAndDays) {
  const HistoryFigures f = history_figures(
      truth(),
      std::vector{seen("P1", box(0, 0, 8, 8), {2025, 3, 11}, Date{2025, 3, 21}),  // looks 1, 11 and 21 March
                  seen("P2", box(100, 0, 120, 20), {2025, 4, 1}, Date{2025, 4, 21}),
                  seen("P3", box(190, 0, 230, 20), {2025, 7, 1})},
      views());
  const SiteGroup& all = group(f, "all sites");
  EXPECT_EQ(all.sites, 3);
  EXPECT_EQ(all.too_few_looks, 0);
  EXPECT_DOUBLE_EQ(all.seen.recall, 1);
  EXPECT_EQ(all.seen.median_looks, 1);  // of 2, 1, 1
  EXPECT_EQ(all.seen.p90_looks, 2);
  EXPECT_EQ(all.seen.median_days, 10);  // of 10, 0, 61
  EXPECT_EQ(all.seen.p90_days, 61);
  EXPECT_DOUBLE_EQ(all.confirmed.recall, 2.0 / 3);
  EXPECT_EQ(all.confirmed.median_looks, 3);  // of 3, 3, never
  EXPECT_EQ(all.confirmed.median_days, 20);
  EXPECT_FALSE(all.confirmed.p90_looks);  // nine in ten were never confirmed
  EXPECT_FALSE(all.confirmed.p90_days);
  const SiteGroup& large = group(f, "large sites");  // S2 and S3
  EXPECT_EQ(large.sites, 2);
  EXPECT_DOUBLE_EQ(large.confirmed.recall, 0.5);
  EXPECT_EQ(large.seen.median_days, 0);
  EXPECT_EQ(f.groups.size(), 4U);  // and building, earthwork
  EXPECT_DOUBLE_EQ(group(f, "earthwork").confirmed.recall, 0);
  EXPECT_DOUBLE_EQ(group(f, "building").confirmed.recall, 1);
  EXPECT_EQ(f.seen.in_vain, 0);
  EXPECT_DOUBLE_EQ(f.confirmed.precision, 1);
}

TEST(HistoryFigures, CountWhatWasInVainAndWhereItLay) {
  const HistoryFigures f = history_figures(
      truth(),
      std::vector{seen("P1", box(0, 0, 8, 8), {2025, 2, 21}, Date{2025, 3, 11}),              // before its start
                  seen("P2", box(112, 0, 132, 20), {2025, 4, 11}),                            // overlaps by 0.4: right
                  seen("P2", box(119, 0, 139, 20), {2025, 4, 11}),                            // by 0.05: not
                  seen("P4", box(300, 0, 320, 20), {2025, 6, 1}, Date{2025, 6, 11}, "gone"),  // film
                  seen("P4", box(300, 0, 320, 20), {2025, 5, 1}),                             // before the film
                  seen("P3", box(0, 0, 8, 8), {2025, 8, 1}, Date{2025, 8, 11}, "established")},  // another plot's site
      views());
  EXPECT_EQ(f.seen.cases, 6);
  EXPECT_EQ(f.seen.right, 1);
  EXPECT_EQ(f.confirmed.cases, 3);
  EXPECT_EQ(f.confirmed.right, 0);
  EXPECT_EQ(f.confirmed_in_vain_gone, 1);
  EXPECT_DOUBLE_EQ(f.seen.precision, 1.0 / 6);
  EXPECT_NEAR(f.years, 365 / 365.25, 1e-12);
  EXPECT_NEAR(f.confirmed.in_vain_per_100_plot_years, 100 * 3 / (10 * 365 / 365.25), 1e-9);
  EXPECT_EQ(f.in_vain_on,
            (std::map<std::string, std::pair<int, int>>{
                {"greenhouse film put up", {1, 1}}, {"nothing known", {3, 1}}, {"site, before its start", {1, 1}}}));
  EXPECT_DOUBLE_EQ(group(f, "all sites").seen.recall, 1.0 / 3);
}

TEST(HistoryFigures, TakeTheEarliestOfSeveralCasesOfASite) {
  const HistoryFigures f =
      history_figures(truth(),
                      std::vector{seen("P2", box(100, 0, 110, 10), {2025, 6, 1}, Date{2025, 6, 11}),
                                  seen("P2", box(110, 10, 120, 20), {2025, 5, 1}),
                                  seen("P2", {}, {2025, 7, 1}, Date{2025, 7, 11})},  // no outline
                      views());
  const SiteGroup& large = group(f, "large sites");
  EXPECT_EQ(large.seen.median_days, 30);
  EXPECT_EQ(large.confirmed.median_days, 71);
  EXPECT_EQ(f.seen.right, 3);
}

TEST(HistoryFigures, DoNotBlameWhatCouldNotBeSeen) {
  HistoryTruth late = truth();
  late.sites[2].start = {2025, 12, 10};  // one clear view is left, on the 21st
  HistoryFigures f = history_figures(late, std::vector<HistoryCase>{}, views());
  EXPECT_EQ(group(f, "earthwork").too_few_looks, 1);
  EXPECT_EQ(group(f, "earthwork").seen.sites, 0);
  EXPECT_TRUE(std::isnan(group(f, "earthwork").seen.recall));
  EXPECT_EQ(group(f, "all sites").seen.sites, 2);
  HistoryRules rules;
  rules.least_looks = 1;
  f = history_figures(late, std::vector<HistoryCase>{}, views(), rules);
  EXPECT_DOUBLE_EQ(group(f, "earthwork").seen.recall, 0);
  EXPECT_TRUE(std::isnan(f.seen.precision));
}

TEST(HistoryFigures, AreWrittenAsATableAndAsJson) {
  const HistoryFigures f =
      history_figures(truth(), std::vector{seen("P1", box(0, 0, 8, 8), {2025, 3, 11}, Date{2025, 3, 21})}, views());
  EXPECT_THAT(to_text(f), testing::HasSubstr("10 plots, 1.00 years"));
  EXPECT_THAT(to_text(f), testing::HasSubstr("never"));
  const auto json = nlohmann::json::parse(to_json(f));
  EXPECT_EQ(json["groups"][0]["first_seen"]["median_looks"], nullptr);  // one of three
  EXPECT_NEAR(json["groups"][0]["confirmed"]["recall"].get<double>(), 1.0 / 3, 1e-12);
  EXPECT_EQ(json["groups"][1]["sites"], 2);
  EXPECT_EQ(json["confirmed"]["right"], 1);
}

TEST(HistoryFiles, ReadCasesFromATable) {
  test::TemporaryFolder folder;
  test::write_text(folder.file("cases.csv"),
                   "id,plot_code,first_seen,confirmed_on,tier,merged_into\n"
                   "A,001,2025-03-11,2025-03-21,confirmed,\n"
                   "B,002,2025-04-01,,first_seen,A\n"
                   "C,003,2025-05-01,,first_seen,\n");
  const auto cases = read_cases(folder.file("cases.csv"), {});
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].plot_code, "001");
  EXPECT_EQ(cases[0].confirmed, (Date{2025, 3, 21}));
  EXPECT_EQ(cases[1].id, "C");
  EXPECT_FALSE(cases[1].confirmed);
  test::write_text(folder.file("bad.csv"), "id,plot_code,first_seen\nA,001,spring\n");
  EXPECT_THAT(
      test::fact_of_error(ExitCode::input, [&] { read_cases(folder.file("bad.csv"), {}); }),
      testing::AllOf(testing::HasSubstr("row 2"), testing::HasSubstr("spring"), testing::HasSubstr("first_seen")));
  test::write_text(folder.file("short.csv"), "id,plot_code\nA,001\n");
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { read_cases(folder.file("short.csv"), {}); }),
              testing::HasSubstr("first_seen"));
}

TEST(HistoryFiles, ReadClearViewsByTheirShare) {
  test::TemporaryFolder folder;
  test::write_text(folder.file("views.csv"),
                   "plot_code,date,clear_share\nP1,2025-01-01,0.499\nP1,2025-01-06,0.5\nP2,2025-01-06,1.000\n");
  const auto views = read_clear_views(folder.file("views.csv"), 0.5);
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0].date, (Date{2025, 1, 6}));
  EXPECT_EQ(views[1].plot_code, "P2");
}

TEST(HistoryFiles, FitWhatASimulatedHistoryWrites) {
  test::TemporaryFolder folder;
  simulate::SeasonOptions o;
  o.width = o.height = 150;
  o.supersample = 1;
  o.plots = 12;
  o.site_share = 0.5;
  o.days = 60;
  o.interval = 10;
  o.cloud_share = 0;
  o.from = {2025, 4, 1};
  simulate::write_season(folder.path(), o);
  const HistoryTruth t = read_history_truth(folder.path().string());
  EXPECT_EQ(t.plots, 12);
  EXPECT_EQ(t.first, (Date{2025, 4, 1}));
  EXPECT_EQ(t.last, (Date{2025, 5, 21}));
  ASSERT_GE(t.sites.size(), 4U);
  // Cases made from the truth itself, in another CRS, are all right.
  io::OutputLayer layer;
  layer.name = "cases";
  layer.crs = io::crs_from_user_input("EPSG:4527");
  for (const char* name : {"case_id", "plot_code", "first_seen", "confirmed"})
    layer.fields.push_back({name, io::FieldType::text, ""});
  const io::CoordinateTransform transform(t.crs, layer.crs);
  for (const TrueSite& site : t.sites)
    layer.features.push_back(
        {0, {site.id, site.plot_code, site.start.iso(), io::FieldValue()}, transform.apply(site.geometry), "", false});
  io::write_geopackage(folder.file("cases.gpkg"), {layer});
  HistoryRules rules;
  rules.least_looks = 0;
  const HistoryFigures f = history_figures(t, read_cases(folder.file("cases.gpkg"), t.crs),
                                           read_clear_views(folder.file("views.csv"), 0.5), rules);
  EXPECT_DOUBLE_EQ(group(f, "all sites").seen.recall, 1);
  EXPECT_EQ(f.seen.in_vain, 0);
  EXPECT_DOUBLE_EQ(group(f, "all sites").confirmed.recall, 0);
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { read_history_truth(folder.file("scenes")); }),
              testing::HasSubstr("missing"));
}

}  // namespace
}  // namespace plotwatch::evaluate
