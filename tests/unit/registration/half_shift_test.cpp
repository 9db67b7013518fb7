#include <cmath>

#include <gtest/gtest.h>

#include "registration/half_shift.hpp"

namespace plotwatch::registration {
namespace {

// Degree six in x, five in y: the interpolation is exact for it.
double polynomial(double x, double y) {
  const double u = (x - 10) / 10, v = (y - 8) / 10;
  return 1 + u - 2 * v + 3 * u * v + std::pow(u, 6) - std::pow(v, 5);
}

Plane plane_of(int w, int h, double (*f)(double, double)) {
  Plane p(w, h);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) p.row(y)[x] = float(f(x, y));
  return p;
}

struct SampleShifted : testing::TestWithParam<std::pair<double, double>> {};

TEST_P(SampleShifted, IsExactForPolynomialsOfDegreeSix) {
  const auto [dx, dy] = GetParam();
  const Plane plane = plane_of(24, 20, polynomial);
  Plane out(9, 7);
  std::fill(out.samples.begin(), out.samples.end(), NAN);
  std::vector<float> scratch;
  sample_shifted(plane, 6, 5, dx, dy, out, scratch);
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 9; ++x) EXPECT_NEAR(out.row(y)[x], polynomial(6 + x + dx, 5 + y + dy), 2e-6);
}

INSTANTIATE_TEST_SUITE_P(Fractions, SampleShifted,
                         testing::Values(std::pair{0.0, 0.0}, std::pair{0.25, -0.125}, std::pair{-0.5, 0.5},
                                         std::pair{0.49, 0.01}));

TEST(SampleShiftedEdges, RepeatTheLastSample) {
  const Plane plane = plane_of(5, 4, [](double x, double y) { return x + 10 * y; });
  Plane out(9, 8);
  std::vector<float> scratch;
  sample_shifted(plane, -2, -2, 0, 0, out, scratch);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 9; ++x)
      EXPECT_EQ(out.row(y)[x], float(std::clamp(x - 2, 0, 4) + 10 * std::clamp(y - 2, 0, 3))) << x << ' ' << y;
}

}  // namespace
}  // namespace plotwatch::registration
