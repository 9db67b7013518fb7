#include <cmath>

#include <gtest/gtest.h>

#include "registration/local_model.hpp"

namespace plotwatch::registration {
namespace {

Grid grid_of(int width, int height) {
  Grid grid;
  grid.width = width;
  grid.height = height;
  return grid;
}

template <class Truth>
Samples lattice(int columns, int rows, double spacing, Truth truth) {
  Samples samples;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      const double x = (c + 0.5) * spacing, y = (r + 0.5) * spacing;
      samples.push_back({x, y, truth(x, y), -0.5 * truth(x, y), 1, samples.size(), samples.size()});
    }
  return samples;
}

const RobustLimits limits{0.75, 1};

TEST(LocalModel, AddsNothingToAPlane) {
  const auto plane = [](double x, double y) { return 1 + 0.003 * x - 0.002 * y; };
  const DisplacementField field = fit_local(lattice(10, 8, 40, plane), grid_of(400, 320), limits, 0.01);
  for (const float v : field.local_dx) EXPECT_NEAR(v, 0, 1e-5);
  EXPECT_NEAR(field.at(400, 0).x, 2.2, 1e-4);
}

TEST(LocalModel, FollowsAWave) {
  const auto wave = [](double x, double y) { return std::sin(x / 60) * std::cos(y / 70); };
  const DisplacementField field = fit_local(lattice(13, 10, 40, wave), grid_of(520, 400), limits, 1e-3);
  for (int y = 20; y <= 380; y += 10)
    for (int x = 20; x <= 500; x += 10) EXPECT_NEAR(field.at(x, y).x, wave(x, y), 0.1) << x << ' ' << y;
}

TEST(LocalModel, FallsBackToTheAffineModelFarFromAllPoints) {
  // Points with a bump in the left third only.
  const auto bump = [](double x, double y) {
    return 0.6 * std::exp(-(std::pow(x - 150, 2) + std::pow(y - 150, 2)) / 20000);
  };
  Samples samples = lattice(8, 8, 40, bump);
  const DisplacementField field = fit_local(samples, grid_of(3000, 320), limits, 0.01);
  EXPECT_NEAR(field.at(150, 150).x, 0.6, 0.15);
  // Out there the field is tame: no larger than what was measured.
  for (int x = 400; x <= 3000; x += 100) EXPECT_LT(std::abs(field.at(x, 160).x), 0.7) << x;
}

TEST(LocalModel, DoesNotBendToOneBadPoint) {
  Samples samples = lattice(10, 10, 40, [](double x, double) { return 0.3 * std::sin(x / 80); });
  samples[45].dx += 1.5;
  const DisplacementField field = fit_local(samples, grid_of(400, 400), limits, 0.01);
  EXPECT_NEAR(field.at(samples[45].x, samples[45].y).x, 0.3 * std::sin(samples[45].x / 80), 0.1);
}

TEST(LocalModel, BearsAGridOfOneNodeCell) {
  Samples samples;
  for (int i = 0; i < 16; ++i) samples.push_back({double(i % 4), double(i / 4), 1, 2, 1, 0, 0});
  const DisplacementField field = fit_local(samples, grid_of(4, 4), limits, 1);
  EXPECT_NEAR(field.at(2, 2).x, 1, 1e-6);
  EXPECT_NEAR(field.at(2, 2).y, 2, 1e-6);
}

}  // namespace
}  // namespace plotwatch::registration
