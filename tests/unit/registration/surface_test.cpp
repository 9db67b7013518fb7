#include "registration/surface.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace plotwatch::registration {
namespace {

// height at (x, y), falling off as a parabola, on a background of +-1.
Surface peaked(int reach, double x, double y, double height) {
  Surface s{reach, {}, 0};
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      const double distance = (dx - x) * (dx - x) + (dy - y) * (dy - y);
      const double background = (dx + dy) % 2 == 0 ? 1 : -1;
      s.values.push_back(static_cast<float>(distance < 4 ? height * (1 - distance / 8) : background));
    }
  return s;
}

// What another library could have given within the tolerance.
Surface disturbed(const Surface& exact, double tolerance, std::mt19937& random) {
  std::uniform_real_distribution<double> off(-tolerance, tolerance);
  Surface s = exact;
  s.tolerance = tolerance;
  for (float& v : s.values) v = static_cast<float>(v + off(random));
  return s;
}

Surface random_surface(int reach, std::mt19937& random, double mean, double deviation) {
  std::normal_distribution<double> normal(mean, deviation);
  Surface s{reach, {}, 0};
  s.values.resize(static_cast<std::size_t>((2 * reach + 1) * (2 * reach + 1)));
  for (float& v : s.values) v = static_cast<float>(normal(random));
  return s;
}

TEST(Peak, IsReadOffInSixteenths) {
  const std::optional<Peak> peak = peak_of(peaked(12, 3.25, -2.0625, 40), 11);
  ASSERT_TRUE(peak);
  EXPECT_EQ(peak->dx, 3.25);
  EXPECT_EQ(peak->dy, -2.0625);
  // (40 (1 - (1 / 16 + 1 / 256) / 8)) over a background of 1, in sixteenths
  EXPECT_EQ(peak->significance, std::round(40 * (1 - (0.0625 + 0.00390625) / 8) * 16) / 16);
}

TEST(Peak, IsNothingWhereNothingIsPositive) {
  Surface s{4, std::vector<float>(81, 0.0f), 0};
  EXPECT_EQ(peak_of(s, 3), Peak{});
  std::fill(s.values.begin(), s.values.end(), -1.0f);
  EXPECT_EQ(peak_of(s, 3), Peak{});
}

TEST(Peak, IsNotSureBetweenTwoStepsOrTwoPeaks) {
  Surface between = peaked(12, 3.25 + 1.0 / 32, 0, 40);
  between.tolerance = 0.01;
  EXPECT_FALSE(peak_of(between, 11));
  Surface twice = peaked(12, 3, 0, 40);
  twice.values[static_cast<std::size_t>(12 * 25 + 12 - 8)] = 39.995f;
  EXPECT_TRUE(peak_of(twice, 11));
  twice.tolerance = 0.01;
  EXPECT_FALSE(peak_of(twice, 11));
  Surface flat{4, std::vector<float>(81, 0.001f), 0.01};
  EXPECT_FALSE(peak_of(flat, 3));
}

// What is sure is what the exact values say, whatever the errors within the tolerance were.
TEST(Peak, IsTheSameWhereverItIsSure) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> place(-6, 6), height(2, 60);
  int sure = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const bool noise = trial % 4 == 0;
    const Surface exact =
        noise ? random_surface(9, random, 0, 1) : peaked(9, place(random), place(random), height(random));
    for (const double tolerance : {1e-5, 1e-3, 0.05}) {
      const std::optional<Peak> seen = peak_of(disturbed(exact, tolerance, random), 8);
      sure += seen.has_value();
      if (seen) {
        ASSERT_EQ(*seen, *peak_of(exact, 8)) << trial << ' ' << tolerance;
      }
    }
  }
  EXPECT_GT(sure, 500);
  EXPECT_LT(sure, 1190);  // some are not, or nothing was asked
}

TEST(BestOverlap, IsTheSameWhereverItIsSure) {
  std::mt19937 random(6);
  std::uniform_int_distribution<int> place(-5, 5);
  std::uniform_real_distribution<double> height(10, 80);
  int sure = 0;
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<OverlapSurfaces> exact, seen;
    const double tolerance = trial % 3 == 0 ? 1e-2 : trial % 3 == 1 ? 1e-4 : 1e-6;
    for (int band = 0; band < 2; ++band) {
      OverlapSurfaces s{random_surface(6, random, 0, 3), random_surface(6, random, 100, 4),
                        random_surface(6, random, 90, trial % 5 == 0 ? 60 : 4)};
      const int x = place(random), y = place(random);
      s.product.values[static_cast<std::size_t>((y + 6) * 13 + x + 6)] = static_cast<float>(height(random));
      seen.push_back({disturbed(s.product, tolerance, random), disturbed(s.before_energy, tolerance, random),
                      disturbed(s.after_energy, tolerance, random)});
      exact.push_back(std::move(s));
    }
    const std::optional<WholePixelShift> shift = best_overlap_of(seen, 6);
    sure += shift.has_value();
    if (shift) {
      ASSERT_EQ(*shift, *best_overlap_of(exact, 6)) << trial;
    }
  }
  EXPECT_GT(sure, 150);
  EXPECT_LT(sure, 300);
}

}  // namespace
}  // namespace plotwatch::registration
