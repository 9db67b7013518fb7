#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "support/register_pair.hpp"
#include "support/texture.hpp"

namespace plotwatch::registration {
namespace {

using namespace plotwatch::support;

const Texture texture(7), other_texture(8);

int used(const std::vector<TiePoint>& points) {
  return int(std::count_if(points.begin(), points.end(), [](auto& p) { return p.fate == TiePoint::Fate::used; }));
}

struct SubPixel : testing::TestWithParam<std::pair<double, double>> {};

TEST_P(SubPixel, IsMeasuredToAThousandthWithoutPreferredPhase) {
  const auto [dx, dy] = GetParam();
  const Image before = texture.image(256, 256), after = texture.image(256, 256, dx, dy, 0.6, 30);
  const auto points = match(window_pair(before, after), {});
  ASSERT_EQ(points.size(), 36u);
  EXPECT_EQ(used(points), 36);
  for (const TiePoint& p : points) {
    EXPECT_NEAR(p.dx, dx, 0.002);
    EXPECT_NEAR(p.dy, dy, 0.002);
    EXPECT_GT(p.reliability, 0.2);
  }
}

INSTANTIATE_TEST_SUITE_P(Shifts, SubPixel,
                         testing::Values(std::pair{0.0, 0.0}, std::pair{0.1, -0.2}, std::pair{0.25, 0.5},
                                         std::pair{-0.5, 0.75}, std::pair{3.3, -2.4}, std::pair{-12.7, 9.1}));

TEST(Match, AddsTheShiftTheAfterSideWasReadWithAndTheWindowsPlace) {
  const Image before = texture.image(128, 128), after = texture.image(128, 128, 0.25, -0.5);
  const auto points = match(window_pair(before, after, 1000, 2000, -7, 11), {});
  ASSERT_GT(used(points), 0);
  for (const TiePoint& p : points) {
    EXPECT_NEAR(p.dx, -6.75, 0.003);
    EXPECT_NEAR(p.dy, 10.5, 0.003);
    EXPECT_GT(p.x, 1000);
    EXPECT_LT(p.x, 1128);
    EXPECT_GT(p.y, 2000);
    EXPECT_LT(p.y, 2128);
  }
}

TEST(Match, MaskedSamplesHaveNoInfluenceWhateverTheyHold) {
  const Image before = texture.image(192, 192), after = texture.image(192, 192, 0.4, 0.3);
  std::vector<std::vector<TiePoint>> results;
  for (const float junk :
       {0.0f, 1e9f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Image b = before, a = after;
    for (int y = 40; y < 80; ++y)
      for (int x = 30; x < 90; ++x) a.at(x, y) = junk, a.mask(x, y) = 0;
    for (int y = 120; y < 140; ++y)
      for (int x = 100; x < 180; ++x) b.at(x, y) = junk, b.mask(x, y) = 0;
    results.push_back(match(window_pair(b, a), {}));
  }
  ASSERT_GT(used(results[0]), 0);
  for (const auto& points : results)
    for (std::size_t i = 0; i < points.size(); ++i) {
      EXPECT_EQ(points[i].dx, results[0][i].dx);
      EXPECT_EQ(points[i].dy, results[0][i].dy);
      EXPECT_EQ(points[i].fate, results[0][i].fate);
      if (points[i].fate == TiePoint::Fate::used) {
        EXPECT_NEAR(points[i].dx, 0.4, 0.01);
      }
    }
}

TEST(Match, TakesNotANumberForMasked) {
  const Image before = texture.image(128, 128);
  Image after = texture.image(128, 128, 0.5, 0);
  for (int x = 0; x < 128; ++x) after.at(x, 64) = std::numeric_limits<float>::quiet_NaN();
  const auto points = match(window_pair(before, after), {});
  ASSERT_GT(used(points), 0);
  for (const TiePoint& p : points) {
    if (p.fate == TiePoint::Fate::used) {
      EXPECT_NEAR(p.dx, 0.5, 0.01);
    }
  }
}

TEST(Match, RefusesAWindowThatIsMostlyMasked) {
  const Image before = texture.image(96, 96);
  Image after = texture.image(96, 96);
  for (int y = 0; y < 96; ++y)
    for (int x = 0; x < 52; ++x) after.mask(x, y) = 0;
  for (const TiePoint& p : match(window_pair(before, after), {})) {
    EXPECT_EQ(p.fate, TiePoint::Fate::unreliable);
    EXPECT_EQ(p.refusal, TiePoint::Refusal::masked);
    EXPECT_EQ(p.reliability, 0);
  }
}

TEST(Match, RefusesFlatGround) {
  const Image flat(96, 96, 1234.5f);
  for (const TiePoint& p : match(window_pair(flat, texture.image(96, 96)), {})) {
    EXPECT_EQ(p.fate, TiePoint::Fate::unreliable);
    EXPECT_EQ(p.refusal, TiePoint::Refusal::no_texture);
  }
}

TEST(Match, RefusesGroundThatHasNothingInCommon) {
  int accepted = 0, all = 0;
  known::Normal random(3);
  Image before(256, 256), after(256, 256);
  for (int trial = 0; trial < 10; ++trial) {
    for (float& v : before.samples) v = float(random());
    for (float& v : after.samples) v = float(random());
    const auto points = match(window_pair(before, after), {});
    accepted += used(points);
    all += int(points.size());
  }
  EXPECT_EQ(all, 360);
  EXPECT_LE(accepted, 3);
}

TEST(Match, StandardErrorAgreesWithTheSpread) {
  known::Normal random(5);
  double squares = 0, variances = 0;
  int n = 0;
  for (int trial = 0; trial < 6; ++trial) {
    Image before = texture.image(256, 256), after = texture.image(256, 256, 0.3, -0.2);
    for (float& v : before.samples) v += float(3 * random());
    for (float& v : after.samples) v += float(3 * random());
    for (const TiePoint& p : match(window_pair(before, after), {})) {
      if (p.fate != TiePoint::Fate::used) continue;
      squares += (std::pow(p.dx - 0.3, 2) + std::pow(p.dy + 0.2, 2)) / 2;
      variances += p.sigma * p.sigma;
      ++n;
    }
  }
  ASSERT_GT(n, 150);
  const double ratio = std::sqrt(variances / squares);
  EXPECT_GT(ratio, 0.7);
  EXPECT_LT(ratio, 1.7);
}

TEST(Match, GivesNothingForAPairSmallerThanAWindow) {
  const Image small = texture.image(95, 200);
  EXPECT_TRUE(match(window_pair(small, small), {}).empty());
}

TEST(Match, RefusesViewsOfDifferentSize) {
  const Image a = texture.image(128, 128), b = texture.image(128, 100);
  WindowPair pair = window_pair(a, a);
  pair.after = window_pair(b, b).after;
  EXPECT_THROW(match(pair, {}), Error);
}

TEST(Match, BandsVote) {
  // The first band is other ground on the two dates; the second one matches.
  const Image b1 = texture.image(128, 128), a1 = other_texture.image(128, 128);
  const Image b2 = texture.image(128, 128), a2 = texture.image(128, 128, 1.25, -0.75);
  std::vector<float> before = b1.samples, after = a1.samples;
  before.insert(before.end(), b2.samples.begin(), b2.samples.end());
  after.insert(after.end(), a2.samples.begin(), a2.samples.end());
  WindowPair pair = window_pair(b1, a1);
  pair.before = {before.data(), 128, 128, 2, 128, 128 * 128};
  pair.after = {after.data(), 128, 128, 2, 128, 128 * 128};
  const auto points = match(pair, {});
  ASSERT_GT(used(points), 0);
  for (const TiePoint& p : points) {
    if (p.fate != TiePoint::Fate::used) continue;
    EXPECT_NEAR(p.dx, 1.25, 0.05);
    EXPECT_NEAR(p.dy, -0.75, 0.05);
  }
}

}  // namespace
}  // namespace plotwatch::registration
