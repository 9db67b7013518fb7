#include "registration/warp.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace plotwatch::registration {
namespace {

Gradient waves(int side) {
  Gradient g{Plane(side, side), Plane(side, side), Plane(side, side), true};
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      g.x.row(y)[x] = float(std::sin(x / 3.0) * std::cos(y / 4.0));
      g.y.row(y)[x] = float(0.01 * x - 0.02 * y);
      g.weight.row(y)[x] = 1;
    }
  return g;
}

DisplacementField affine(double dx, double dy, double stretch) {
  DisplacementField f;
  f.centre_x = f.centre_y = 132;
  f.a[0] = dx, f.a[1] = stretch;
  f.b[0] = dy, f.b[2] = -stretch;
  return f;
}

// The window lies at (100, 100) and was read with a shift of (3, -2).
TEST(Warp, LooksUpEachPixelThroughTheFieldLessTheShift) {
  const DisplacementField field = affine(3.3, -2.6, 0.004);
  const Gradient out = warp(waves(64), {100, 100, 64, 64}, 3, -2, field);
  for (int y = 8; y < 56; ++y)
    for (int x = 8; x < 56; ++x) {
      const Point d = field.at(100 + x + 0.5, 100 + y + 0.5);
      const double at_x = x + d.x - 3, at_y = y + d.y + 2;
      ASSERT_EQ(out.weight.row(y)[x], 1) << x << ' ' << y;
      EXPECT_NEAR(out.x.row(y)[x], std::sin(at_x / 3) * std::cos(at_y / 4), 2e-4) << x << ' ' << y;
      EXPECT_NEAR(out.y.row(y)[x], 0.01 * at_x - 0.02 * at_y, 1e-5) << x << ' ' << y;
    }
}

TEST(Warp, GivesNothingBesideMaskedPixelsAndOutside) {
  Gradient in = waves(32);
  in.weight.row(16)[16] = 0;
  const Gradient out = warp(in, {0, 0, 32, 32}, 0, 0, affine(0.25, 0.25, 0));
  for (const auto& [x, y] : {std::pair{16, 16}, std::pair{15, 16}, std::pair{16, 15}, std::pair{15, 15},
                             std::pair{31, 10}, std::pair{0, 10}, std::pair{10, 30}})
    EXPECT_EQ(out.weight.row(y)[x], 0) << x << ' ' << y;
  EXPECT_EQ(out.x.row(15)[15], 0);
  EXPECT_EQ(out.weight.row(14)[14], 1);
  EXPECT_EQ(out.weight.row(17)[17], 1);
}

}  // namespace
}  // namespace plotwatch::registration
