#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "kernels/resample/resample.hpp"
#include "support/lattice_nodes.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::LatticeNodes;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

using Position = std::pair<double, double>;

class ResampleTwin : public test::Twin {};

Position bent(double u, double v) { return {u * 1.01 + 3.3 + std::sin(v / 9), v * 0.99 + 2.1 + std::cos(u / 7)}; }

template <class T>
void expect_same(const CoordinateLattice& lattice, int source_size, int width, int height, int bands, double holes,
                 const ResampleParams& params) {
  PoisonedPlanes<T> source(source_size, source_size, bands);
  std::mt19937 random(5);
  source.fill([&](int, int, int) {
    return static_cast<T>(static_cast<double>(random() % 250) - (std::is_unsigned_v<T> ? 0.0 : 100.0));
  });
  auto mask = test::random_mask(source_size, source_size, holes, 1);
  if constexpr (std::is_same_v<T, float>) test::spoil(source, mask);
  PoisonedPlanes<float> cpu(width, height, bands), twin(width, height, bands);
  PoisonedPlanes<std::uint8_t> cpu_usable(width, height), twin_usable(width, height);
  const std::vector<float> scale(static_cast<std::size_t>(bands), 0.3f), offset(static_cast<std::size_t>(bands), -2.0f);
  ResampleScratch scratch;
  resample<T>(Backend::cpu, source.read(), mask.read_view(), lattice, scale, offset, cpu.planes(), cpu_usable.view(),
              params, scratch);
  resample<T>(twin_backend(), source.read(), mask.read_view(), lattice, scale, offset, twin.planes(),
              twin_usable.view(), params, scratch);
  EXPECT_TRUE(same_samples(cpu_usable.view(), twin_usable.view()));
  for (int b = 0; b < bands; ++b) ASSERT_TRUE(same_samples(cpu.view(b), twin.view(b))) << "band " << b;
  EXPECT_TRUE(twin.padding_untouched() && twin_usable.padding_untouched());
}

TEST_F(ResampleTwin, GivesTheSameBitsForEveryTypeAndInterpolation) {
  const LatticeNodes nodes(4, 4, 4, 0, 0, bent);
  for (const auto interpolation : {Interpolation::nearest, Interpolation::bilinear, Interpolation::cubic}) {
    ResampleParams params;
    params.interpolation = interpolation;
    for (const double holes : {0.0, 0.03, 0.4, 1.0}) {
      expect_same<std::uint8_t>(nodes.lattice, 60, 48, 47, 2, holes, params);
      expect_same<std::uint16_t>(nodes.lattice, 60, 48, 47, 2, holes, params);
      expect_same<std::int16_t>(nodes.lattice, 60, 48, 47, 2, holes, params);
      expect_same<float>(nodes.lattice, 60, 48, 47, 2, holes, params);
    }
  }
}

// Bands beyond those of one launch, sources that are too small for a window, empty outputs.
TEST_F(ResampleTwin, ServesEverySize) {
  const LatticeNodes nodes(4, 4, 4, 0, 0, bent);
  expect_same<std::uint8_t>(nodes.lattice, 60, 33, 9, 19, 0.1, {});
  for (const int source : {1, 2, 5})
    for (const int width : {0, 1, 31, 32, 33}) expect_same<std::uint16_t>(nodes.lattice, source, width, 3, 1, 0.0, {});
}

TEST_F(ResampleTwin, GivesTheSameBitsWhereTheKernelIsWidened) {
  for (const auto& [shrink_x, shrink_y] : {std::pair{2.0, 2.0}, {1.0, 2.5}, {5.3, 1.0}}) {
    const double sx = shrink_x, sy = shrink_y;
    const LatticeNodes nodes(3, 3, 3, 0, 0, [&](double u, double v) { return Position{u * sx + 1.3, v * sy + 0.7}; });
    ResampleParams params;
    params.shrink_x = static_cast<float>(sx);
    params.shrink_y = static_cast<float>(sy);
    expect_same<std::uint16_t>(nodes.lattice, 90, 16, 16, 1, 0.05, params);
  }
}

// A copy, a pure shift, and shifts that the processor has shorter ways for.
TEST_F(ResampleTwin, GivesTheSameBitsForShifts) {
  for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, {3.0, -4.0}, {3.25, 4.0}, {2.39, 4.61}, {-1.5, 0.5}}) {
    const double x0 = dx, y0 = dy;
    const LatticeNodes nodes(5, 5, 4, 0, 0, [&](double u, double v) { return Position{u + x0, v + y0}; });
    for (const auto interpolation : {Interpolation::nearest, Interpolation::bilinear, Interpolation::cubic}) {
      ResampleParams params;
      params.interpolation = interpolation;
      expect_same<std::int16_t>(nodes.lattice, 60, 61, 50, 2, 0.1, params);
    }
  }
}

TEST_F(ResampleTwin, PositionsAreExactOnEveryStepAndSlope) {
  std::mt19937 random(9);
  for (const std::uint32_t spread : {40u, 60000u, 2000000u}) {
    for (int step_log2 = 0; step_log2 <= 6; ++step_log2) {
      const int columns = (70 >> step_log2) + 3, rows = (20 >> step_log2) + 3;
      std::vector<std::int32_t> x, y;
      for (int i = 0; i < columns * rows; ++i) {
        x.push_back(static_cast<std::int32_t>(random() % spread) - static_cast<std::int32_t>(spread / 2));
        y.push_back(static_cast<std::int32_t>(random() % spread));
      }
      ResampleParams params;
      params.interpolation = Interpolation::nearest;
      expect_same<std::uint8_t>({x.data(), y.data(), columns, rows, step_log2, 1, 1}, 200, 70, 20, 1, 0.0, params);
    }
  }
}

TEST_F(ResampleTwin, MasksAreTheSame) {
  const LatticeNodes nodes(4, 4, 4, 0, 0, [](double u, double v) { return Position{u * 0.9 - 3, v * 1.1 - 2}; });
  auto source = test::random_mask(30, 30, 0.4, 8);
  for (const int width : {0, 1, 33, 48}) {
    auto cpu = test::random_mask(width, 40, 0.3, 9), twin = cpu;
    resample_mask(Backend::cpu, source.read_view(), nodes.lattice, cpu.view());
    resample_mask(twin_backend(), source.read_view(), nodes.lattice, twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view()));
    EXPECT_TRUE(twin.padding_untouched());
  }
}

}  // namespace
}  // namespace plotwatch
