#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "report/overview_map.hpp"
#include "report/tie_point_map.hpp"
#include "unit/report/fake_scan.hpp"

namespace plotwatch::report {
namespace {

using testing::HasSubstr;

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

TEST(OverviewMap, ShowsEveryPlotAndEveryCandidate) {
  const std::string svg = overview_map(fake_scan()).text;
  EXPECT_EQ(count(svg, "<path class=\"plot\""), 10u);
  EXPECT_EQ(count(svg, "<path class=\"plot unseen\""), 2u);
  EXPECT_EQ(count(svg, "<circle"), 5u);
  EXPECT_THAT(svg, HasSubstr("500 m"));
  EXPECT_LT(svg.find("<circle class=\"P3\""), svg.find("<circle class=\"P0\"")) << "the most urgent is drawn last";
}

TEST(OverviewMap, DegreesAreNotSqueezed) {
  ScanResult scan;
  scan.grid.crs = io::crs_from_user_input("EPSG:4490");
  PlotResult plot;
  plot.plot.geometry = {{{{116, 60}, {117, 60}, {117, 61}, {116, 61}, {116, 60}}, {}}};  // twice as tall as wide there
  scan.plots = {plot};
  EXPECT_THAT(overview_map(scan).text, HasSubstr("viewBox=\"0 0 492.4 1000.0\""));  // cos(60.5°) = .4924
}

TEST(OverviewMap, NothingToShow) { EXPECT_EQ(overview_map({}).text, ""); }

TEST(TiePointMap, ArrowsForTrustedPointsOnly) {
  const ScanResult scan = fake_scan();
  const std::string svg = tie_point_map(scan.grid, scan.registration).text;
  EXPECT_EQ(count(svg, "<circle"), scan.registration.tie_points.size());
  EXPECT_EQ(count(svg, "<path"), count(svg, "t-used") + count(svg, "t-held"));
}

TEST(TiePointMap, ManyPointsAreThinnedEvenly) {
  const ScanResult scan = fake_scan();  // 108 points
  EXPECT_EQ(count(tie_point_map(scan.grid, scan.registration, 50).text, "<circle"), 36u);
}

TEST(TiePointMap, ArrowLengthIsTheStatedEnlargement) {
  Registration registration;
  registration.tie_points = {{.x = 50, .y = 50, .dx = 0.5, .dy = 0, .reliability = 1, .fate = TiePoint::Fate::used}};
  Grid grid;
  grid.width = grid.height = 100;
  // A twentieth of the map is 5 px: ten times 0.5 px. In SVG units 1 px is 10.
  const std::string svg = tie_point_map(grid, registration).text;
  EXPECT_THAT(svg, HasSubstr("M500,500L550,500"));
  EXPECT_THAT(svg, HasSubstr("10 times enlarged"));
}

TEST(TiePointMap, NoPointsNoMap) { EXPECT_EQ(tie_point_map(fake_scan().grid, {}).text, ""); }

}  // namespace
}  // namespace plotwatch::report
