#include "registration/spline_nodes.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace plotwatch::registration {
namespace {

Grid grid_of(int width, int height) {
  Grid grid;
  grid.width = width;
  grid.height = height;
  return grid;
}

TEST(SplineNodes, ReachOneNodeBeyondTheGridOnEverySide) {
  const SplineNodes n(grid_of(100, 64), 32);
  EXPECT_EQ(n.columns, 7);  // -32, 0, 32, 64, 96, 128, 160
  EXPECT_EQ(n.rows, 5);
}

TEST(SplineNodes, WeightsAddUpToOneAndReproduceAPlane) {
  const SplineNodes n(grid_of(100, 64), 32);
  for (const Point p : {Point{0, 0}, Point{31.9, 63}, Point{50, 17}, Point{100, 64}}) {
    const SplineReach reach(n, p.x, p.y);
    double sum = 0, value = 0;
    for (int r = 0; r < 4; ++r)
      for (int c = 0; c < 4; ++c) {
        sum += reach.weight(r, c);
        value += reach.weight(r, c) * (3 * 32.0 * (reach.column + c - 1) - 2 * 32.0 * (reach.row + r - 1));
      }
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_NEAR(value, 3 * p.x - 2 * p.y, 1e-9);
  }
}

// The cubic B-spline at its nodes: 1/6, 4/6, 1/6.
TEST(SplineNodes, HaveTheKnownWeightsAtANode) {
  const SplineReach reach(SplineNodes(grid_of(100, 64), 32), 32, 0);
  EXPECT_EQ(reach.column, 1);
  EXPECT_DOUBLE_EQ(reach.across[0], 1.0 / 6);
  EXPECT_DOUBLE_EQ(reach.across[1], 4.0 / 6);
  EXPECT_DOUBLE_EQ(reach.across[2], 1.0 / 6);
  EXPECT_DOUBLE_EQ(reach.across[3], 0);
}

}  // namespace
}  // namespace plotwatch::registration
