#include "simulate/air.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace plotwatch::simulate {
namespace {

TEST(Clouds, CoverTheAskedShareAndAreMaskedNearlyRight) {
  for (const double share : {0.1, 0.3, 0.6}) {
    DistrictOptions o;
    o.cloud_share = share;
    Clouds clouds(o, sun_at(o.after, 39.73));
    int covered = 0, missed = 0, masked_clear = 0, n = 0;
    for (int y = 0; y < o.height; y += 2)
      for (int x = 0; x < o.width; x += 2) {
        const bool cloud = clouds.cover(x + 0.5, y + 0.5) >= 0.5F;
        const bool shadow = clouds.shadow(x + 0.5, y + 0.5) >= 0.5F;
        ++n;
        covered += cloud ? 1 : 0;
        missed += cloud && !clouds.masked(x + 0.5, y + 0.5) ? 1 : 0;
        masked_clear += !cloud && !shadow && clouds.masked(x + 0.5, y + 0.5) ? 1 : 0;
      }
    EXPECT_NEAR(static_cast<double>(covered) / n, share, 0.02);
    EXPECT_LT(missed, 0.05 * covered);
    EXPECT_GT(missed, 0);
    EXPECT_LT(masked_clear, 0.12 * n);
    EXPECT_GT(masked_clear, 0);
  }
}

TEST(Air, AddsNoiseOfTheAskedSizeIndependentlyInEachBand) {
  DistrictOptions o;
  o.noise = 0.02;
  DistrictOptions silent = o;
  silent.noise = 0;
  Air noisy(o, false), clean(silent, false);
  const Spectrum ground{.1F, .1F, .1F, .1F, .1F, .1F};
  double variance = 0, both = 0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    const Spectrum a = noisy.through(ground, i % 200, i / 200), b = clean.through(ground, i % 200, i / 200);
    variance += std::pow(static_cast<double>(a[0] - b[0]), 2) / n;
    both += static_cast<double>((a[0] - b[0]) * (a[1] - b[1])) / n;
  }
  EXPECT_NEAR(std::sqrt(variance), 0.02, 0.0005);
  EXPECT_NEAR(both / variance, 0, 0.03);
}

TEST(Air, HazesBlueMoreThanInfraredAndOnlyTheSecondDate) {
  DistrictOptions o;
  o.noise = 0;
  DistrictOptions hazy = o;
  hazy.haze = 1;
  const Spectrum ground{.04F, .06F, .05F, .30F, .20F, .10F};
  double blue = 0, swir = 0;
  Air clear_air(o, true), haze(hazy, true), first(hazy, false), first_clear(o, false);
  for (int i = 0; i < 512; i += 8) {
    const Spectrum a = haze.through(ground, i, 511 - i), b = clear_air.through(ground, i, 511 - i);
    blue += static_cast<double>(a[0] - b[0]) / 64;
    swir += std::abs(static_cast<double>(a[5] - b[5])) / 64;
    EXPECT_EQ(first.through(ground, i, i), first_clear.through(ground, i, i));
  }
  EXPECT_GT(blue, 0.03);
  EXPECT_LT(swir, 0.3 * blue);
}

}  // namespace
}  // namespace plotwatch::simulate
