#include <random>

#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

// On the central meridian of Gauss-Krüger, where map units are metres to 1e-8.
constexpr double east = 39500000, north = 4400000;

const Crs& crs() {
  static const Crs gk = io::crs_from_user_input("EPSG:4527");
  return gk;
}

MultiPolygon box(double x0, double y0, double x1, double y1) {
  x0 += east, x1 += east, y0 += north, y1 += north;
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, {}}};
}

PlotShape plot(int index, const MultiPolygon& geometry) {
  return {index, geometry, bounds(geometry), io::ellipsoidal_area(geometry, crs())};
}

// Pixels of 10 m; the top edge lies 100 m north of the origin.
const Grid& grid() {
  static const Grid g{crs(), east, north + 100, 10, 10, 60, 10};
  return g;
}

// Whole pixels from (x0, y0) to (x1, y1), metres from the origin.
ChangeComponent patch(int x0, int y0, int x1, int y1) {
  ChangeComponent c{{}, {x0 / 10, (100 - y1) / 10, (x1 - x0) / 10, (y1 - y0) / 10}, 0};
  c.pixels = c.window.pixels();
  for (int y = c.window.y; y < c.window.bottom(); ++y) c.runs.push_back({y, c.window.x, c.window.right(), true});
  return c;
}

std::vector<PixelRun> pixels_of(const PlotShape& plot, const PixelWindow& w) {
  std::vector<PixelRun> runs;
  for (int y = w.y; y < w.bottom(); ++y)
    for (int x = w.x; x < w.right(); ++x) {
      if (!contains(plot.geometry, grid().to_map({x + 0.5, y + 0.5}))) continue;
      if (!runs.empty() && runs.back().y == y && runs.back().x1 == x)
        ++runs.back().x1;
      else
        runs.push_back({y, x, x + 1});
    }
  return runs;
}

std::vector<PatchOnPlot> split(const ChangeComponent& component, const PlotIndex& plots, double min_area_m2,
                               bool keep_outside) {
  return split_by_plots(component, grid(), plots, pixels_of, min_area_m2, keep_outside);
}

TEST(SplitByPlots, CutsAtTheBoundary) {
  const PlotIndex plots({plot(0, box(0, 0, 100, 100)), plot(1, box(100, 0, 200, 100)), plot(2, box(500, 0, 600, 100))});
  const auto parts = split(patch(60, 20, 120, 40), plots, 0, true);
  ASSERT_EQ(parts.size(), 2u);  // nothing is left outside
  EXPECT_EQ(parts[0].plot, 0);
  EXPECT_NEAR(parts[0].area_m2, 800, 0.02 * 800);  // the outline is smooth: its corners are cut, its sides a little out
  EXPECT_NEAR(parts[0].plot_share, parts[0].area_m2 / 1e4, 1e-8);
  EXPECT_EQ(parts[1].plot, 1);
  EXPECT_NEAR(parts[1].area_m2, 400, 0.02 * 400);
  EXPECT_EQ(bounds(parts[0].geometry).max_x, bounds(box(0, 0, 100, 100)).max_x);
  EXPECT_EQ(bounds(parts[1].geometry).min_x, bounds(box(100, 0, 200, 100)).min_x);
  for (const PatchOnPlot& part : parts) EXPECT_TRUE(contains(part.geometry, part.representative));
}

TEST(SplitByPlots, KeepsWhatLiesOutsideOnRequest) {
  const PlotIndex plots({plot(7, box(0, 0, 100, 100))});
  const ChangeComponent p = patch(90, 0, 120, 10);
  EXPECT_EQ(split(p, plots, 0, false).size(), 1u);
  const auto parts = split(p, plots, 0, true);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].plot, 7);
  EXPECT_EQ(parts[1].plot, -1);
  EXPECT_NEAR(parts[1].area_m2, 200, 1e-4);
  EXPECT_EQ(parts[1].plot_share, 0);
}

TEST(SplitByPlots, DropsPartsBelowTheSmallestArea) {
  const PlotIndex plots({plot(0, box(0, 0, 100, 100))});
  const ChangeComponent p = patch(90, 0, 120, 10);  // 100 m² on the plot, 200 m² beside it
  EXPECT_EQ(split(p, plots, 150, true).at(0).plot, -1);
  EXPECT_TRUE(split(p, plots, 250, true).empty());
}

TEST(SplitByPlots, ATouchIsNoOverlap) {
  const PlotIndex plots({plot(0, box(0, 0, 100, 100)), plot(1, box(110 - 1e-9, 0, 200, 100))});
  const double tenth_of_a_pixel = 10;  // a smooth outline reaches that far over a side of one pixel
  EXPECT_TRUE(split(patch(100, 0, 110, 10), plots, tenth_of_a_pixel, false).empty());
}

TEST(SplitByPlots, EachPartHasItsOwnPixels) {
  const PlotIndex plots({plot(0, box(0, 0, 66, 100))});  // the boundary runs through a column of pixels
  const auto parts = split(patch(50, 0, 90, 20), plots, 0, true);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_NEAR(parts[0].area_m2, 16 * 20, 0.06 * 16 * 20);  // geometry is cut at the boundary
  EXPECT_EQ(parts[0].pixels.runs, (std::vector<ChangeRun>{{8, 5, 7, true}, {9, 5, 7, true}}));
  EXPECT_EQ(parts[1].pixels.runs, (std::vector<ChangeRun>{{8, 7, 9, true}, {9, 7, 9, true}}));
  EXPECT_NEAR(parts[1].area_m2, 400, 1e-4);  // outside, whole pixels
}

TEST(SplitByPlots, OverlappingPlotsBothGetThePatch) {
  const PlotIndex plots({plot(0, box(0, 0, 100, 100)), plot(1, box(50, 0, 150, 100))});
  EXPECT_EQ(split(patch(60, 0, 70, 10), plots, 0, true).size(), 2u);
}

TEST(SplitByPlots, WithoutPlotsEverythingIsOutside) {
  const auto parts = split(patch(0, 0, 30, 30), PlotIndex({}), 0, true);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].plot, -1);
  EXPECT_TRUE(split(ChangeComponent{}, PlotIndex({}), 0, true).empty());
}

TEST(PlotIndex, FindsWhatASearchThroughAllFinds) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> place(0, 10000), size(1, 200);
  std::vector<PlotShape> shapes;
  for (int i = 0; i < 3000; ++i) {
    const double x = place(random), y = place(random);
    const MultiPolygon geometry = box(x, y, x + size(random), y + size(random));
    shapes.push_back({i, geometry, bounds(geometry), 1});
  }
  const PlotIndex index(shapes);
  for (int k = 0; k < 300; ++k) {
    const double x = place(random), y = place(random);
    const Box asked = bounds(box(x, y, x + size(random), y + size(random)));
    std::vector<int> expected, found;
    for (const PlotShape& s : shapes)
      if (s.box.intersects(asked)) expected.push_back(s.plot);
    for (const PlotShape* s : index.near(asked)) found.push_back(s->plot);
    EXPECT_EQ(found, expected);
  }
}

}  // namespace
}  // namespace plotwatch::vectorise
