#include <cmath>
#include <cstdint>
#include <numbers>

#include <gtest/gtest.h>

#include "io/geometry_ops.hpp"
#include "support/mask_runs.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

using test::MaskText;

// Pixel units with y north: corner (x, y) of a mask is (x, -y) on the ground.
const Grid unit_grid{{}, 0, 0, 1, 1, 1000, 1000};

template <class Inside>
MaskText drawn(int width, int height, Inside inside) {
  MaskText mask(static_cast<std::size_t>(height), std::string(static_cast<std::size_t>(width), '.'));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      if (inside(x + 0.5, y + 0.5)) mask[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] = '#';
  return mask;
}

ChangeComponent only_component(const MaskText& mask) { return join(test::runs_in(mask, test::extent(mask)), 1).at(0); }

// The largest distance of a point of `ring` from the line through (x0, y0) with this slope.
double farthest_from_line(const Ring& ring, double x0, double y0, double slope, double from_x, double to_x) {
  double worst = 0;
  for (const Point& p : ring)
    if (p.x > from_x && p.x < to_x)
      worst = std::max(worst, std::abs(p.y - y0 - slope * (p.x - x0)) / std::hypot(1, slope));
  return worst;
}

TEST(SmoothOutline, AStaircaseBecomesAStraightLine) {
  // Half a square under its diagonal.
  const MultiPolygon p =
      smooth_outline(only_component(drawn(40, 40, [](double x, double y) { return y > x; })), unit_grid);
  ASSERT_EQ(p.size(), 1u);
  EXPECT_LE(p[0].outer.size(), 8u);  // three corners, each cut; the first repeated
  EXPECT_NEAR(area(p), 40 * 39 / 2, 0.01 * 780);
  EXPECT_TRUE(io::is_valid(p));
}

TEST(SmoothOutline, StaysWithinAPixelOfSlantedLines) {
  for (const double slope : {0.2, 1 / 3.0, 0.41, 0.77}) {
    const MaskText mask = drawn(120, 140, [&](double x, double y) { return x > 10 && x < 110 && y > 20 + slope * x; });
    const ChangeComponent component = only_component(mask);
    const MultiPolygon p = smooth_outline(component, unit_grid);
    ASSERT_EQ(p.size(), 1u);
    Ring upper;
    for (const Point& q : p[0].outer)
      if (q.y > -139 && q.x > 11 && q.x < 109) upper.push_back(q);
    EXPECT_LE(farthest_from_line(upper, 0, -20, -slope, 11, 109), 1) << slope;
    EXPECT_LE(p[0].outer.size() * 3, 2 * outline(component, unit_grid)[0].outer.size()) << slope;
    EXPECT_NEAR(area(p), static_cast<double>(component.pixels), 0.01 * static_cast<double>(component.pixels)) << slope;
  }
}

TEST(SmoothOutline, ADiskIsRound) {
  const double radius = 12.3;
  const ChangeComponent component =
      only_component(drawn(30, 30, [&](double x, double y) { return std::hypot(x - 15, y - 15) < radius; }));
  const MultiPolygon p = smooth_outline(component, unit_grid);
  ASSERT_EQ(p.size(), 1u);
  double perimeter = 0;
  const Ring& ring = p[0].outer;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    perimeter += std::hypot(ring[i].x - ring[i - 1].x, ring[i].y - ring[i - 1].y);
    EXPECT_NEAR(std::hypot(ring[i].x - 15, ring[i].y + 15), radius, 0.9);
  }
  EXPECT_NEAR(perimeter, 2 * std::numbers::pi * radius,
              0.05 * 2 * std::numbers::pi * radius);  // by pixel edges: 27 % more
  EXPECT_NEAR(area(p), static_cast<double>(component.pixels), 0.01 * static_cast<double>(component.pixels));
}

TEST(SmoothOutline, SmallChangesKeepTheirArea) {
  for (const MaskText& mask :
       {MaskText{"#"}, MaskText{"##"}, MaskText{"##", "##"}, MaskText{"###"}, MaskText{"#.", "##"}, MaskText{"####"},
        MaskText{"##.", ".##"}, MaskText{".#.", "###", ".#."}, MaskText{"#####", "#...#", "#####"}}) {
    const ChangeComponent component = only_component(mask);
    const MultiPolygon p = smooth_outline(component, unit_grid);
    EXPECT_NEAR(area(p), static_cast<double>(component.pixels), 0.01 * static_cast<double>(component.pixels))
        << mask[0];
    EXPECT_TRUE(io::is_valid(p)) << mask[0];
  }
}

TEST(SmoothOutline, LiesOnTheGridOfTheGround) {
  const Grid grid{{}, 203325, 3604935, 30, 15, 400, 400};
  const MultiPolygon p = smooth_outline(ChangeComponent{{{10, 5, 9, true}, {11, 5, 9, true}}, {5, 10, 4, 2}, 8}, grid);
  const Box b = bounds(p);
  EXPECT_NEAR(b.min_x, 203325 + 150, 4);
  EXPECT_NEAR(b.max_x, 203325 + 270, 4);
  EXPECT_NEAR(b.max_y, 3604935 - 150, 2);
  EXPECT_NEAR(b.min_y, 3604935 - 180, 2);
  EXPECT_NEAR(area(p), 8 * 30 * 15, 0.01 * 8 * 30 * 15);
  ASSERT_EQ(p.size(), 1u);
  EXPECT_GT(signed_area(p[0].outer), 0);
}

// Whatever the pixels: valid, with the area of the pixels, near them, outer rings counter-clockwise.
TEST(SmoothOutline, AnyMaskGivesValidPolygonsOfItsArea) {
  std::uint64_t state = 7;
  const auto random = [&] { return state = state * 6364136223846793005u + 1442695040888963407u, state >> 33; };
  for (int round = 0; round < 300; ++round) {
    const auto density = 30 + random() % 60;
    const MaskText mask = drawn(24, 18, [&](double, double) { return random() % 100 < density; });
    for (const ChangeComponent& component : join(test::runs_in(mask, test::extent(mask)), 2)) {
      const MultiPolygon p = smooth_outline(component, unit_grid);
      const auto pixels = static_cast<double>(component.pixels);
      ASSERT_TRUE(io::is_valid(p)) << "round " << round;
      ASSERT_NEAR(area(p), pixels, 0.02 * pixels) << "round " << round;
      const MultiPolygon exact = outline(component, unit_grid);
      const double common = area(io::intersection(p, exact));
      ASSERT_GT(common, 0.75 * pixels) << "round " << round;  // speckle is all corners
      for (const Polygon& polygon : p) ASSERT_GT(signed_area(polygon.outer), 0);
    }
  }
}

TEST(SmoothOutline, EmptyComponent) { EXPECT_TRUE(smooth_outline({}, unit_grid).empty()); }

}  // namespace
}  // namespace plotwatch::vectorise
