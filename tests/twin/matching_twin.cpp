// Tie points that a device located, against the processor's: every bit.
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "kernels/device/device.hpp"
#include "registration/correlation.hpp"
#include "registration/device_correlator.hpp"
#include "registration/window_weight.hpp"
#include "support/known_displacement.hpp"
#include "support/register_pair.hpp"
#include "support/texture.hpp"
#include "twin/device_matching.hpp"

namespace plotwatch::registration {
namespace {

using namespace plotwatch::support;
using test::expect_same_points;
using test::plenty;

class DeviceMatching : public test::DeviceMatching {};

TEST_F(DeviceMatching, GivesTheTiePointsOfTheProcessor) {
  DeviceCorrelator device(test::twin_backend(), 0, plenty);
  for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, {3.3, -2.4}, {-12.7, 9.1}}) {
    Image before = texture.image(256, 200), after = texture.image(256, 200, dx, dy, 0.6, 30);
    for (int y = 0; y < 90; ++y)
      for (int x = 0; x < 70; ++x) after.mask(x, y) = 0;
    const WindowPair pair = window_pair(before, after, 1000, 2000, 5, -3);
    expect_same_points(match(pair, {}, &device), match(pair, {}));
  }
  EXPECT_GT(device.surfaces(), 10u);
}

// Where nothing matches, or something matches in many places, surfaces decide least.
TEST_F(DeviceMatching, GivesTheTiePointsOfTheProcessorWhereLittleIsCertain) {
  DeviceCorrelator device(test::twin_backend(), 0, plenty);
  known::Normal random(3);
  Image noise(150, 150), other(150, 150), stripes(150, 150), flat(150, 150, 5);
  for (float& v : noise.samples) v = float(random());
  for (float& v : other.samples) v = float(random());
  for (int y = 0; y < 150; ++y)
    for (int x = 0; x < 150; ++x) stripes.at(x, y) = float(std::sin(x * 0.7));
  for (const auto& [before, after] : {std::pair{&noise, &other}, {&stripes, &stripes}, {&flat, &noise}}) {
    const WindowPair pair = window_pair(*before, *after);
    expect_same_points(match(pair, {}, &device), match(pair, {}));
    const CoarseShift a = coarse_shift(pair, {}, &device), b = coarse_shift(pair, {});
    EXPECT_EQ(a.dx, b.dx);
    EXPECT_EQ(a.dy, b.dy);
    EXPECT_EQ(a.reliability, b.reliability);
  }
}

TEST_F(DeviceMatching, GivesTheCoarseShiftOfTheProcessor) {
  DeviceCorrelator device(test::twin_backend(), 0, plenty);
  for (const auto& [size, dx, dy] : {std::tuple{160, 37, -51}, {300, -64, 64}, {200, 0, 3}}) {
    Image before = texture.image(size, size), after = texture.image(size, size, dx + 0.2, dy - 0.3);
    for (int y = 0; y < size; ++y)
      for (int x = 0; x + y < 60; ++x) before.mask(x, y) = 0;
    const CoarseShift a = coarse_shift(window_pair(before, after), {}, &device);
    EXPECT_EQ(a.dx, dx);
    EXPECT_EQ(a.dy, dy);
    EXPECT_EQ(a.reliability, coarse_shift(window_pair(before, after), {}).reliability);
  }
  EXPECT_EQ(device.surfaces(), 3u);
}

// How far the values themselves lie apart, against what they may; most surfaces must decide, or nothing is won.
TEST_F(DeviceMatching, SurfacesLieWithinTheirTolerance) {
  DeviceCorrelator device(test::twin_backend(), 0, plenty);
  const Image before = texture.image(256, 256), after = texture.image(256, 256, 2.3, -1.6, 0.6, 30);
  const WindowPair pair = window_pair(before, after);
  const std::vector<GradientPair> bands = gradients_of(pair);
  const int side = RegistrationOptions{}.window, reach = side / 4;
  const Plane weight = taper(side, side);
  const kernels::CorrelationShape shape = correlation_shape(side, side, reach);
  std::vector<PixelWindow> windows;
  for (int y = 0; y + side <= 256; y += 16)
    for (int x = 0; x + side <= 256; x += 16) windows.push_back({x, y, side, side});
  std::vector<FieldPlanes> pairs;
  for (const GradientPair& b : bands) pairs.push_back({&b.before.x, &b.before.y, &b.after.x, &b.after.y});
  const std::vector<Surface> surfaces = device.correlate(pairs, windows, &weight, shape);
  ASSERT_EQ(surfaces.size(), windows.size());
  double worst = 0;
  std::size_t decided = 0;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const Surface exact = *correlation_surface(bands, windows[i], weight, shape);
    for (std::size_t k = 0; k < exact.values.size(); ++k)
      worst = std::max(worst, std::abs(double{exact.values[k]} - surfaces[i].values[k]) / surfaces[i].tolerance);
    decided += peak_of(surfaces[i], reach).has_value();
  }
  RecordProperty("worst_in_tolerances", std::to_string(worst));
  RecordProperty("decided", std::to_string(decided) + " of " + std::to_string(windows.size()));
  EXPECT_LT(worst, 0.2);
  EXPECT_GE(decided, windows.size() * 8 / 10);
}

}  // namespace
}  // namespace plotwatch::registration
