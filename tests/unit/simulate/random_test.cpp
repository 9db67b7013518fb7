#include "simulate/random.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "simulate/noise.hpp"
#include "simulate/outline.hpp"

namespace plotwatch::simulate {
namespace {

TEST(Random, IsAPureFunctionOfSeedAndPlace) {
  // First outputs of SplitMix64 from state 0 (Steele, Lea and Flood; also in xoshiro's reference code).
  EXPECT_EQ(mix(0), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(mix(0x9e3779b97f4a7c15ULL), 0x6e789e6aa1b965f4ULL);
  EXPECT_EQ(hash(1, 2, 3), hash(1, 2, 3));
  std::set<std::uint64_t> seen;
  for (int x = -40; x < 40; ++x)
    for (int y = -40; y < 40; ++y) seen.insert(hash(5, x, y));
  EXPECT_EQ(seen.size(), 6400U);
}

TEST(Random, NormalHasTheMomentsItClaims) {
  double sum = 0, squares = 0, largest = 0;
  const int n = 200000;
  for (int i = 0; i < n; ++i) {
    const auto value = static_cast<double>(to_normal(hash(7, static_cast<std::uint64_t>(i))));
    sum += value;
    squares += value * value;
    largest = std::max(largest, std::abs(value));
  }
  EXPECT_NEAR(sum / n, 0, 0.01);
  EXPECT_NEAR(squares / n, 1, 0.01);
  EXPECT_LE(largest, 3.4642);
}

TEST(ValueNoise, ForgetsNothingAndRemembersNothing) {
  ValueNoise walked(3, 25), fresh(3, 25);
  for (int i = 0; i < 500; ++i) walked.at(i * 1.7, i * 0.3);
  for (int i = 0; i < 50; ++i) {
    const float value = walked.at(i * 11.0 - 200, i * -7.0);
    EXPECT_EQ(value, ValueNoise(3, 25).at(i * 11.0 - 200, i * -7.0));
    EXPECT_LE(std::abs(value), 1);
  }
  // No step where lattice cells meet.
  EXPECT_NEAR(fresh.at(25 - 1e-6, 9), fresh.at(25 + 1e-6, 9), 1e-5);
}

TEST(Outline, BuiltFillsItsBoxAndEarthworkStaysInIt) {
  Dice dice(4);
  const Rect box{2, 3, 12, 8};
  EXPECT_DOUBLE_EQ(ring_area(outline_in(box, true, dice)), 50);
  for (int i = 0; i < 20; ++i) {
    const std::vector<Point> ring = outline_in(box, false, dice);
    const Rect inside = bounds_of(ring);
    EXPECT_GE(inside.u0, box.u0 - 0.6);
    EXPECT_LE(inside.u1, box.u1 + 0.6);
    EXPECT_GT(ring_area(ring), 0.6 * box.area());
    EXPECT_LT(ring_area(ring), 1.0 * box.area());
  }
}

}  // namespace
}  // namespace plotwatch::simulate
