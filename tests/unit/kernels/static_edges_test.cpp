#include "kernels/static_edges/static_edges.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "support/poisoned_planes.hpp"

namespace plotwatch::kernels {
namespace {

using test::PoisonedPlanes;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

// In double precision, neighbour by neighbour, from the contract.
double naive_energy(Planes<const float> v, Mask usable, const std::vector<float>& weight, int x, int y) {
  const auto there = [&](int qx, int qy) {
    return qx >= 0 && qy >= 0 && qx < v.width && qy < v.height && usable(qx, qy) != 0;
  };
  double sum = 0;
  for (int b = 0; b < v.bands; ++b) {
    const double w = weight[static_cast<std::size_t>(b)];
    const View<const float> band = v.band(b);
    if (there(x - 1, y) && there(x + 1, y)) {
      const double d = w * (double(band(x + 1, y)) - band(x - 1, y));
      sum += d * d;
    }
    if (there(x, y - 1) && there(x, y + 1)) {
      const double d = w * (double(band(x, y + 1)) - band(x, y - 1));
      sum += d * d;
    }
  }
  return sum;
}

TEST(StaticEdges, AStepOnBothDatesCountsWithTheWeakerOne) {
  // A step of 2 before and of 3 after between columns 1 and 2; a step of 9 after between rows, which is new.
  const std::vector<float> before{1, 1, 3, 3, 1, 1, 3, 3, 1, 1, 3, 3}, after{0, 0, 3, 3, 0, 0, 3, 3, 9, 9, 12, 12};
  const std::vector<std::uint8_t> usable(12, 1);
  std::vector<float> out(12, -7);
  const std::vector<float> one{1};
  static_edges(Backend::cpu, {before.data(), 4, 3, 1, 4, 12}, {after.data(), 4, 3, 1, 4, 12}, {usable.data(), 4, 3, 4},
               one, one, {out.data(), 4, 3, 4});
  EXPECT_EQ(out, (std::vector<float>{0, 4, 4, 0, 0, 4, 4, 0, 0, 4, 4, 0}));
}

TEST(StaticEdges, IsWhatTheContractSaysAtEverySize) {
  for (const auto& [width, height] :
       {std::pair{0, 0}, {1, 1}, {1, 9}, {2, 2}, {3, 3}, {16, 5}, {17, 4}, {511, 3}, {512, 3}, {513, 4}, {1030, 2}})
    for (const int bands : {1, 4}) {
      auto before = test::random_planes(width, height, bands, 1), after = test::random_planes(width, height, bands, 2);
      auto mask = test::random_mask(width, height, 0.2, 3);
      test::spoil(before, mask);
      test::spoil(after, mask);
      const std::vector<float> wb{0.5f, 0.6f, 0.7f, 0.8f}, wa{1.5f, 0.1f, 0.2f, 0.3f};
      const std::vector<float> before_weight(wb.begin(), wb.begin() + bands),
          after_weight(wa.begin(), wa.begin() + bands);
      PoisonedPlanes<float> out(width, height);
      static_edges(Backend::cpu, before.read(), after.read(), mask.read_view(), before_weight, after_weight,
                   out.view());
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
          const double expected = mask(x, y) == 0
                                      ? 0
                                      : std::min(naive_energy(before.read(), mask.read_view(), before_weight, x, y),
                                                 naive_energy(after.read(), mask.read_view(), after_weight, x, y));
          ASSERT_NEAR(out(x, y), expected, 1e-5 * (1 + expected))
              << x << ", " << y << " of " << width << " x " << height;
        }
      EXPECT_TRUE(out.padding_untouched());
    }
}

TEST(StaticEdges, WhatIsMaskedMayBeAnything) {
  const std::vector<float> v{1, nan, 5, 2, 2, 2};
  const std::vector<std::uint8_t> usable{1, 0, 1, 1, 1, 1};
  std::vector<float> out(6);
  const std::vector<float> one{1};
  static_edges(Backend::cpu, {v.data(), 3, 2, 1, 3, 6}, {v.data(), 3, 2, 1, 3, 6}, {usable.data(), 3, 2, 3}, one, one,
               {out.data(), 3, 2, 3});
  EXPECT_EQ(out, (std::vector<float>{0, 0, 0, 0, 0, 0}));
}

TEST(StaticEdges, BadArguments) {
  const std::vector<float> v(12);
  const std::vector<std::uint8_t> usable(12, 1);
  std::vector<float> out(12);
  const std::vector<float> one{1}, two{1, 1};
  const Planes<const float> p{v.data(), 4, 3, 1, 4, 12}, wide{v.data(), 3, 3, 1, 3, 9}, none{v.data(), 4, 3, 0, 4, 12};
  const Mask mask{usable.data(), 4, 3, 4};
  const View<float> to{out.data(), 4, 3, 4};
  EXPECT_THROW(static_edges(Backend::cpu, p, wide, mask, one, one, to), std::invalid_argument);
  EXPECT_THROW(static_edges(Backend::cpu, none, none, mask, {}, {}, to), std::invalid_argument);
  EXPECT_THROW(static_edges(Backend::cpu, p, p, mask, two, one, to), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch::kernels
