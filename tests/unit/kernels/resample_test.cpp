#include "kernels/resample/resample.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <utility>

#include "support/lattice_nodes.hpp"
#include "support/naive_resample.hpp"
#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::LatticeNodes;
using test::PoisonedPlanes;

using Position = std::pair<double, double>;

template <class T>
PoisonedPlanes<T> random_source(int width, int height, int bands) {
  PoisonedPlanes<T> source(width, height, bands);
  std::mt19937 random(5);
  source.fill([&](int, int, int) {
    return static_cast<T>(static_cast<double>(random() % 250) - (std::is_unsigned_v<T> ? 0.0 : 100.0));
  });
  return source;
}

struct Output {
  PoisonedPlanes<float> samples;
  PoisonedPlanes<std::uint8_t> usable;
  Output(int width, int height, int bands) : samples(width, height, bands), usable(width, height) {}
};

template <class T>
Output run(PoisonedPlanes<T>& source, PoisonedPlanes<std::uint8_t>& mask, const CoordinateLattice& lattice, int width,
           int height, const ResampleParams& params = {}, float scale = 1, float offset = 0) {
  const int bands = source.planes().bands;
  Output out(width, height, bands);
  const std::vector<float> scales(static_cast<std::size_t>(bands), scale), offsets(scales.size(), offset);
  ResampleScratch scratch;
  resample<T>(Backend::cpu, source.read(), mask.read_view(), lattice, scales, offsets, out.samples.planes(),
              out.usable.view(), params, scratch);
  EXPECT_TRUE(out.samples.padding_untouched());
  EXPECT_TRUE(out.usable.padding_untouched());
  return out;
}

template <class T>
void expect_like_naive(PoisonedPlanes<T>& source, PoisonedPlanes<std::uint8_t>& mask, const CoordinateLattice& lattice,
                       int width, int height, const ResampleParams& params) {
  Output out = run(source, mask, lattice, width, height, params);
  int usable = 0;
  for (int b = 0; b < source.planes().bands; ++b) {
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const auto p = test::naive_position(lattice, x, y);
        const auto want = test::naive_sample(source.read_view(b), mask.read_view(), p, params);
        if (std::fabs(want.share - params.min_weight) < 1e-4) continue;  // either side of the cut is right
        ASSERT_EQ(out.usable(x, y), want.usable ? 1 : 0) << x << ' ' << y;
        if (want.usable) ASSERT_NEAR(out.samples(x, y, b), want.value, 2e-3) << x << ' ' << y << ' ' << b;
        else ASSERT_TRUE(std::isnan(out.samples(x, y, b)));
        usable += want.usable;
      }
    }
  }
  EXPECT_GT(usable, width * height / 4);
}

Position bent(double u, double v) { return {u * 1.01 + 3.3 + std::sin(v / 9), v * 0.99 + 2.1 + std::cos(u / 7)}; }

TEST(Resample, FollowsTheContractForEveryTypeAndInterpolation) {
  const LatticeNodes nodes(4, 4, 4, 0, 0, bent);
  auto mask = test::random_mask(60, 60, 0.03, 1);
  for (const auto interpolation : {Interpolation::nearest, Interpolation::bilinear, Interpolation::cubic}) {
    ResampleParams params;
    params.interpolation = interpolation;
    auto u8 = random_source<std::uint8_t>(60, 60, 2);
    auto u16 = random_source<std::uint16_t>(60, 60, 2);
    auto i16 = random_source<std::int16_t>(60, 60, 2);
    auto f32 = random_source<float>(60, 60, 2);
    test::spoil(f32, mask);
    expect_like_naive(u8, mask, nodes.lattice, 48, 48, params);
    expect_like_naive(u16, mask, nodes.lattice, 48, 48, params);
    expect_like_naive(i16, mask, nodes.lattice, 48, 48, params);
    expect_like_naive(f32, mask, nodes.lattice, 48, 48, params);
  }
}

TEST(Resample, WidensTheKernelWhereTheSourceIsFiner) {
  for (const auto& [sx, sy] : {std::pair{2.0, 2.0}, {1.0, 2.5}, {5.3, 1.0}, {16.0, 16.0}}) {
    const double shrink_x = sx, shrink_y = sy;
    const LatticeNodes nodes(3, 3, 3, 0, 0, [&](double u, double v) {
      return Position{u * shrink_x + 1.3, v * shrink_y + 0.7};
    });
    const int width = static_cast<int>(16 * sx) + 4, height = static_cast<int>(16 * sy) + 4;
    auto source = random_source<std::uint16_t>(width, height, 1);
    auto mask = test::random_mask(width, height, 0.02, 2);
    for (const auto interpolation : {Interpolation::bilinear, Interpolation::cubic}) {
      ResampleParams params;
      params.interpolation = interpolation;
      params.shrink_x = static_cast<float>(sx);
      params.shrink_y = static_cast<float>(sy);
      expect_like_naive(source, mask, nodes.lattice, 16, 16, params);
    }
  }
}

TEST(Resample, HalfPixelShiftOfALineHasKeysWeights) {
  PoisonedPlanes<std::uint8_t> source(8, 4);
  source.fill([](int x, int, int) { return static_cast<std::uint8_t>(x == 3 ? 160 : 0); });
  PoisonedPlanes<std::uint8_t> mask = test::random_mask(8, 4, 0, 1);
  const LatticeNodes nodes(2, 2, 4, 0, 0, [](double u, double v) { return Position{u + 1.5, v + 1}; });
  Output out = run(source, mask, nodes.lattice, 4, 1);
  const float want[] = {-10, 90, 90, -10};  // 160 times -1/16, 9/16
  for (int x = 0; x < 4; ++x) EXPECT_EQ(out.samples(x, 0), want[x]) << x;
}

TEST(Resample, AWholePixelShiftCopiesScaledSamples) {
  auto source = random_source<std::int16_t>(40, 30, 3);
  auto mask = test::random_mask(40, 30, 0.2, 3);
  const LatticeNodes nodes(4, 4, 4, 0, 0, [](double u, double v) { return Position{u - 2, v + 5}; });
  Output out = run(source, mask, nodes.lattice, 47, 31, {}, 0.25f, -3.0f);
  for (int y = 0; y < 31; ++y) {
    for (int x = 0; x < 47; ++x) {
      const bool inside = x >= 2 && x < 42 && y < 25;
      const bool usable = inside && mask(x - 2, y + 5) != 0;
      ASSERT_EQ(out.usable(x, y), usable);
      for (int b = 0; b < 3; ++b) {
        if (usable) ASSERT_EQ(out.samples(x, y, b), 0.25f * source(x - 2, y + 5, b) - 3.0f);
        else ASSERT_TRUE(std::isnan(out.samples(x, y, b)));
      }
    }
  }
}

// The same lattice with one more column of nodes that no pixel needs and that is no part of the shift: the general way.
TEST(Resample, ShorterWaysGiveTheSameBitsAsTheGeneralOne) {
  auto source = random_source<std::uint16_t>(70, 60, 2);
  auto mask = test::random_mask(70, 60, 0.03, 4);
  for (const auto& [dx, dy] : {std::pair{3.0, 4.0}, {3.25, 4.0}, {3.0, 4.75}, {2.39, 4.61}, {-1.5, 0.5}}) {
    const double x0 = dx, y0 = dy;
    for (const auto interpolation : {Interpolation::nearest, Interpolation::bilinear, Interpolation::cubic}) {
      ResampleParams params;
      params.interpolation = interpolation;
      const auto at = [&](double u, double v) {
        return Position{u + x0 + (u > 64 ? 9.0 : 0.0), v + y0};
      };
      const LatticeNodes shift(5, 5, 4, 0, 0, at), general(6, 5, 4, 0, 0, at);
      Output a = run(source, mask, shift.lattice, 61, 50, params, 0.1f, 0.3f);
      Output b = run(source, mask, general.lattice, 61, 50, params, 0.1f, 0.3f);
      EXPECT_TRUE(test::same_bits(a.usable.view(), b.usable.view()));
      for (int band = 0; band < 2; ++band)
        EXPECT_TRUE(test::same_bits(a.samples.view(band), b.samples.view(band))) << dx << ' ' << dy;
    }
  }
}

// One image of 100 x 90, and the same in four tiles cut off the lattice's nodes, each with its own part of the source.
TEST(Resample, DoesNotDependOnWhereTilesAreCut) {
  constexpr int width = 100, height = 90, origin = -16;
  auto source = random_source<std::uint16_t>(130, 120, 2);
  auto mask = test::random_mask(130, 120, 0.03, 6);
  for (const float shrink : {1.0f, 1.9f}) {
    ResampleParams params;
    params.shrink_x = params.shrink_y = shrink;
    const int margin = resample_margin(params);
    const LatticeNodes whole_nodes(9, 9, 4, origin, origin, [](double u, double v) {
      const Position p = bent(u, v);
      return Position{p.first + 8, p.second + 9};
    });
    CoordinateLattice lattice = whole_nodes.lattice;
    lattice.offset_x = lattice.offset_y = -origin;
    Output whole = run(source, mask, lattice, width, height, params);
    for (const auto& [x0, y0, w, h] : {std::array{0, 0, 37, 90}, {37, 0, 63, 41}, {37, 41, 63, 49}, {51, 47, 1, 1}}) {
      // The part of the source that the tile's positions reach, with the margin that the kernel asks for.
      int left = 1 << 20, top = 1 << 20, right = 0, bottom = 0;
      for (int y = y0; y < y0 + h; ++y) {
        for (int x = x0; x < x0 + w; ++x) {
          const auto p = test::naive_position(lattice, x, y);
          left = std::min(left, static_cast<int>(p.x >> 8) - margin);
          top = std::min(top, static_cast<int>(p.y >> 8) - margin);
          right = std::max(right, static_cast<int>(p.x >> 8) + margin + 1);
          bottom = std::max(bottom, static_cast<int>(p.y >> 8) + margin + 1);
        }
      }
      left = std::max(left, 0), top = std::max(top, 0), right = std::min(right, 130), bottom = std::min(bottom, 120);
      std::vector<std::int32_t> nx = whole_nodes.x, ny = whole_nodes.y;
      for (auto& node : nx) node -= 256 * left;
      for (auto& node : ny) node -= 256 * top;
      CoordinateLattice cut = lattice;
      cut.x = nx.data(), cut.y = ny.data(), cut.offset_x += x0, cut.offset_y += y0;
      Output tile(w, h, 2);
      const std::vector<float> scale(2, 1.0f), offset(2, 0.0f);
      ResampleScratch scratch;
      resample<std::uint16_t>(Backend::cpu, source.read().sub(left, top, right - left, bottom - top),
                              mask.read_view().sub(left, top, right - left, bottom - top), cut, scale, offset,
                              tile.samples.planes(), tile.usable.view(), params, scratch);
      EXPECT_TRUE(test::same_bits(tile.usable.view(), whole.usable.view().sub(x0, y0, w, h)));
      for (int b = 0; b < 2; ++b)
        EXPECT_TRUE(test::same_bits(tile.samples.view(b), whole.samples.view(b).sub(x0, y0, w, h))) << x0 << ' ' << y0;
    }
  }
}

TEST(Resample, NothingUsableGivesNothing) {
  auto source = random_source<float>(40, 40, 1);
  auto mask = test::random_mask(40, 40, 1.0, 1);
  test::spoil(source, mask);
  const LatticeNodes nodes(3, 3, 4, 0, 0, bent);
  Output out = run(source, mask, nodes.lattice, 20, 20);
  for (int i = 0; i < 400; ++i) {
    EXPECT_EQ(out.usable(i % 20, i / 20), 0);
    EXPECT_TRUE(std::isnan(out.samples(i % 20, i / 20)));
  }
}

TEST(Resample, ServesEmptyAndTinyOutputsAndSources) {
  const LatticeNodes nodes(3, 3, 4, 0, 0, bent);
  for (const int size : {0, 1, 2, 3}) {
    auto source = random_source<std::uint8_t>(size, size, 1);
    auto mask = test::random_mask(size, size, 0, 1);
    for (const int width : {0, 1, 15, 16, 17})
      for (const int height : {0, 1, 2}) run(source, mask, nodes.lattice, width, height);
  }
}

TEST(Resample, RefusesBadArguments) {
  auto source = random_source<std::uint8_t>(20, 20, 1);
  auto mask = test::random_mask(20, 20, 0, 1), small_mask = test::random_mask(19, 20, 0, 1);
  const LatticeNodes nodes(2, 2, 4, 0, 0, bent);
  EXPECT_THROW(run(source, small_mask, nodes.lattice, 8, 8), std::invalid_argument);
  EXPECT_THROW(run(source, mask, nodes.lattice, 18, 8), std::invalid_argument);  // nodes end at pixel 16
  EXPECT_NO_THROW(run(source, mask, nodes.lattice, 17, 17));
  ResampleParams params;
  params.min_weight = 0.4f;
  EXPECT_THROW(run(source, mask, nodes.lattice, 8, 8, params), std::invalid_argument);
  params = {};
  params.shrink_x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(run(source, mask, nodes.lattice, 8, 8, params), std::invalid_argument);
  CoordinateLattice none = nodes.lattice;
  none.x = nullptr;
  EXPECT_THROW(run(source, mask, none, 8, 8), std::invalid_argument);
  const LatticeNodes far(2, 2, 4, 0, 0, [](double u, double v) { return Position{u * 1000, v}; });
  EXPECT_THROW(run(source, mask, far.lattice, 8, 8), std::invalid_argument);
  ResampleScratch scratch;
  Output out(8, 8, 1);
  const std::vector<float> one(1, 1.0f), two(2, 1.0f);
  EXPECT_THROW(resample<std::uint8_t>(Backend::cpu, source.read(), mask.read_view(), nodes.lattice, two, one,
                                      out.samples.planes(), out.usable.view(), {}, scratch),
               std::invalid_argument);
}

TEST(ResampleMask, TakesTheNearestAndNothingOutside) {
  auto source = test::random_mask(30, 30, 0.4, 8);
  const LatticeNodes nodes(4, 4, 4, 0, 0, [](double u, double v) { return Position{u * 0.9 - 3, v * 1.1 - 2}; });
  auto inout = test::random_mask(40, 40, 0.3, 9), before = test::random_mask(40, 40, 0.3, 9);
  resample_mask(Backend::cpu, source.read_view(), nodes.lattice, inout.view());
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 40; ++x) {
      const auto p = test::naive_position(nodes.lattice, x, y);
      const auto sx = static_cast<int>(test::floor_divide(p.x, 256)), sy = static_cast<int>(test::floor_divide(p.y, 256));
      const bool inside = sx >= 0 && sy >= 0 && sx < 30 && sy < 30;
      ASSERT_EQ(inout(x, y), before(x, y) != 0 && inside && source(sx, sy) != 0);
    }
  }
  EXPECT_TRUE(inout.padding_untouched());
}

TEST(UsableFromNodata, AndsIntoTheMask) {
  PoisonedPlanes<std::uint16_t> band(3, 1);
  band.fill([](int x, int, int) { return static_cast<std::uint16_t>(x); });
  PoisonedPlanes<std::uint8_t> mask(3, 1);
  mask.fill([](int x, int, int) { return static_cast<std::uint8_t>(x != 2); });
  usable_from_nodata<std::uint16_t>(Backend::cpu, band.read_view(), std::uint16_t{0}, mask.view());
  EXPECT_EQ(mask(0, 0), 0);
  EXPECT_EQ(mask(1, 0), 1);
  EXPECT_EQ(mask(2, 0), 0);
}

TEST(UsableFromNodata, FloatsMustBeFiniteWithOrWithoutANodataValue) {
  const float samples[] = {1.0f, std::nanf(""), std::numeric_limits<float>::infinity(), -9999.0f};
  PoisonedPlanes<float> band(4, 1);
  band.fill([&](int x, int, int) { return samples[x]; });
  auto mask = test::random_mask(4, 1, 0, 1);
  usable_from_nodata<float>(Backend::cpu, band.read_view(), std::nullopt, mask.view());
  EXPECT_EQ(mask(0, 0), 1);
  EXPECT_EQ(mask(1, 0), 0);
  EXPECT_EQ(mask(2, 0), 0);
  EXPECT_EQ(mask(3, 0), 1);
  usable_from_nodata<float>(Backend::cpu, band.read_view(), -9999.0f, mask.view());
  EXPECT_EQ(mask(0, 0), 1);
  EXPECT_EQ(mask(3, 0), 0);
}

}  // namespace
}  // namespace plotwatch
