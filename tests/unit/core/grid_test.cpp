#include "core/grid.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

// Ten columns and five rows of 30 m pixels; the left edge is at x = 1000, the top edge at y = 5000.
Grid grid30() { return {{"WKT"}, 1000, 5000, 30, 30, 10, 5}; }

TEST(Grid, PixelIsArea) {
  const Grid g = grid30();
  EXPECT_EQ(g.to_map({0, 0}), (Point{1000, 5000}));
  EXPECT_EQ(g.to_map({0.5, 0.5}), (Point{1015, 4985}));
  EXPECT_EQ(g.to_map({10, 5}), (Point{1300, 4850}));
  EXPECT_EQ(g.to_pixel({1015, 4985}), (Point{0.5, 0.5}));
  EXPECT_EQ(g.box(), (Box{1000, 4850, 1300, 5000}));
}

TEST(Grid, PixelsNeedNotBeSquare) {
  const Grid g{{}, 0, 0, 444.8, 453.6, 4, 2};
  EXPECT_EQ(g.to_map({2, 1}), (Point{889.6, -453.6}));
  EXPECT_EQ(g.to_pixel({889.6, -453.6}), (Point{2, 1}));
}

TEST(Covering, IsTheSmallestWindow) {
  const Grid g = grid30();
  EXPECT_EQ(g.covering({1030, 4940, 1090, 4970}), (PixelWindow{1, 1, 2, 1}));  // on pixel edges
  EXPECT_EQ(g.covering({1031, 4941, 1089, 4969}), (PixelWindow{1, 1, 2, 1}));  // inside them
  EXPECT_EQ(g.covering({1029, 4939, 1091, 4971}), (PixelWindow{0, 0, 4, 3}));  // past them
}

TEST(Covering, EdgesWithinAMillionthOfAPixelAreThatEdge) {
  const double hair = 30 * 1e-7;
  EXPECT_EQ(grid30().covering({1030 - hair, 4940 - hair, 1090 + hair, 4970 + hair}), (PixelWindow{1, 1, 2, 1}));
  EXPECT_EQ(grid30().covering({1030 - 30 * 1e-5, 4940, 1090, 4970}), (PixelWindow{0, 1, 3, 1}));
}

TEST(Covering, IsClippedToTheGrid) {
  const Grid g = grid30();
  EXPECT_EQ(g.covering({0, 0, 9999, 9999}), g.window());
  EXPECT_EQ(g.covering({900, 4900, 1030, 5100}), (PixelWindow{0, 0, 1, 4}));
  EXPECT_TRUE(g.covering({1300, 4850, 1400, 5000}).empty());  // beside it, sharing an edge
  EXPECT_TRUE(g.covering({0, 0, 10, 10}).empty());
  EXPECT_TRUE(g.covering({1e300, 1e300, 2e300, 2e300}).empty());
}

TEST(Crop, KeepsGroundAndPhase) {
  const Grid g = grid30();
  const Grid part = g.crop({2, 1, 3, 2});
  EXPECT_EQ(part, (Grid{{"WKT"}, 1060, 4970, 30, 30, 3, 2}));
  EXPECT_EQ(part.to_map({0.5, 0.5}), g.to_map({2.5, 1.5}));
  EXPECT_TRUE(part.aligned_with(g));
  EXPECT_EQ(g.crop({-2, -1, 14, 7}).to_map({2, 1}), g.to_map({0, 0}));  // may reach outside
  EXPECT_EQ(g.crop(g.window()), g);
}

TEST(AlignedWith, WantsCrsSizeAndPhase) {
  const Grid g = grid30();
  Grid other = g;
  other.left += 30 * 1234;
  other.top -= 30 * 77;
  EXPECT_TRUE(g.aligned_with(other));
  other.left += 15;
  EXPECT_FALSE(g.aligned_with(other));
  other = g;
  other.crs.wkt = "another";
  EXPECT_FALSE(g.aligned_with(other));
  other = g;
  other.pixel_width = 30.001;  // adds up to a hundredth of a pixel over ten of them
  EXPECT_FALSE(g.aligned_with(other));
  other.pixel_width = 30 * (1 + 1e-9);
  EXPECT_TRUE(g.aligned_with(other));
  other = g;
  other.pixel_height = 15;
  EXPECT_FALSE(g.aligned_with(other));
}

TEST(SnappedGrid, EdgesAreMultiplesOfThePixelSize) {
  const Grid g = snapped_grid({"WKT"}, {203326, 3592946, 215324, 3604934}, 30);
  EXPECT_EQ(g, (Grid{{"WKT"}, 203310, 3604950, 30, 30, 401, 401}));
  EXPECT_EQ(snapped_grid({}, {-31, -31, 31, 31}, 30), (Grid{{}, -60, 60, 30, 30, 4, 4}));
}

TEST(SnappedGrid, ABoxOnTheEdgesIsNotGrown) {
  EXPECT_EQ(snapped_grid({}, {60, 30, 120, 90}, 30), (Grid{{}, 60, 90, 30, 30, 2, 2}));
  const Grid tenth = snapped_grid({}, {0.1 * 3, 0, 0.1 * 7, 0.5}, 0.1);  // 0.1 * 3 is not 0.3 in binary
  EXPECT_EQ(tenth.width, 4);
  EXPECT_EQ(tenth.height, 5);
}

TEST(SnappedGrid, TheSameGroundFallsOnTheSamePixels) {
  const Grid a = snapped_grid({}, {203325, 3592935, 215325, 3604935}, 10);
  const Grid b = snapped_grid({}, {203990.1, 3590000, 217000, 3601234.5}, 10);
  EXPECT_TRUE(a.aligned_with(b));
}

TEST(PixelWindow, Intersection) {
  const PixelWindow a{0, 0, 10, 10};
  EXPECT_EQ(a.intersection({5, 6, 10, 10}), (PixelWindow{5, 6, 5, 4}));
  EXPECT_EQ(a.intersection({10, 0, 5, 5}), PixelWindow{});
  EXPECT_EQ(a.intersection({-5, -5, 3, 3}), PixelWindow{});
  EXPECT_EQ(a.expanded(2), (PixelWindow{-2, -2, 14, 14}));
  EXPECT_TRUE(a.contains({0, 0, 10, 10}));
  EXPECT_FALSE(a.contains({0, 0, 11, 10}));
  EXPECT_EQ((PixelWindow{0, 0, 65536, 65536}.pixels()), 4294967296);
  EXPECT_EQ((PixelWindow{0, 0, -1, 5}.pixels()), 0);
}

}  // namespace
}  // namespace plotwatch
