#include "kernels/resample/lattice.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "support/naive_resample.hpp"

namespace plotwatch {
namespace {

using namespace kernels;

// Steep nodes reach beyond what 32 bits hold on the longer steps.
TEST(Lattice, PositionsAreExactOnEveryStepAndSlope) {
  constexpr int width = 150, height = 20;
  std::mt19937 random(9);
  for (const std::uint32_t spread : {40u, 60000u, 2000000u}) {
    for (int step_log2 = 0; step_log2 <= 6; ++step_log2) {
      const int columns = (width >> step_log2) + 3, rows = (height >> step_log2) + 3;
      std::vector<std::int32_t> x, y;
      for (int i = 0; i < columns * rows; ++i) {
        x.push_back(static_cast<std::int32_t>(random() % spread) - static_cast<std::int32_t>(spread / 2));
        y.push_back(static_cast<std::int32_t>(random() % spread));
      }
      const CoordinateLattice lattice{x.data(), y.data(), columns, rows, step_log2, 1, 1};
      require_lattice(lattice, width, height, "test");
      std::vector<std::int32_t> px(width), py(width);
      for (int v = 0; v < height; ++v) {
        lattice_row(lattice, v, width, px.data(), py.data());
        for (int u = 0; u < width; ++u) {
          const auto want = test::naive_position(lattice, u, v);
          ASSERT_EQ(px[static_cast<std::size_t>(u)], want.x) << step_log2 << ' ' << u << ' ' << v;
          ASSERT_EQ(py[static_cast<std::size_t>(u)], want.y) << step_log2 << ' ' << u << ' ' << v;
        }
      }
    }
  }
}

TEST(Lattice, KnowsAPureShift) {
  std::vector<std::int32_t> x = {100, 612, 100, 612}, y = {7, 7, 519, 519};
  const CoordinateLattice lattice{x.data(), y.data(), 2, 2, 1, 1, 0};
  const auto shift = pure_shift(lattice);
  ASSERT_TRUE(shift.has_value());
  EXPECT_EQ(shift->x, 356);  // output pixel 0 lies one pixel right of node 0
  EXPECT_EQ(shift->y, 7);
  y[3] = 520;
  EXPECT_FALSE(pure_shift(lattice).has_value());
}

}  // namespace
}  // namespace plotwatch
