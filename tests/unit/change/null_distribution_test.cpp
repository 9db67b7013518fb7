#include "change/null_distribution.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "support/random_texture.hpp"

namespace plotwatch::change {
namespace {

std::vector<float> normal(int count, double location, double scale, std::uint64_t seed) {
  test::Random random(seed);
  std::vector<float> v;
  for (int i = 0; i < count; ++i) v.push_back(static_cast<float>(location + scale * random.normal()));
  return v;
}

TEST(NullDistribution, FindsLocationAndScaleOfANormalSample) {
  const auto null = estimate_null(normal(200000, 3.0, 0.7, 1));
  EXPECT_NEAR(null.location, 3.0, 0.05);
  EXPECT_NEAR(null.scale, 0.7, 0.04);
}

TEST(NullDistribution, IsNotMovedByChangedPixelsAbove) {
  auto values = normal(200000, 3.0, 0.7, 1);
  const auto changed = normal(40000, 8.0, 1.0, 2);
  values.insert(values.end(), changed.begin(), changed.end());
  const auto null = estimate_null(values);
  EXPECT_NEAR(null.location, 3.0, 0.06);
  EXPECT_NEAR(null.scale, 0.7, 0.05);
}

TEST(NullDistribution, LeavesOutWhatIsNotANumber) {
  auto values = normal(50000, -1.0, 2.0, 3);
  const auto clean = estimate_null(values);
  for (int i = 0; i < 1000; ++i) values.push_back(std::numeric_limits<float>::quiet_NaN());
  const auto dirty = estimate_null(values);
  EXPECT_EQ(clean.location, dirty.location);
  EXPECT_EQ(clean.scale, dirty.scale);
}

TEST(NullDistribution, SurvivesEmptyAndConstantSamples) {
  EXPECT_EQ(estimate_null({}).scale, 1);
  const auto constant = estimate_null(std::vector<float>(100, 4.0f));
  EXPECT_EQ(constant.location, 4);
  EXPECT_EQ(constant.scale, 1);
}

// Values whose location and scale rise with the second number once that is above 1.
TEST(NullAlong, FollowsTheSecondNumberAndNeverFallsBelowTheLeast) {
  test::Random random(5);
  std::vector<float> values, along;
  for (int i = 0; i < 300000; ++i) {
    const double g = 3 * random.uniform();
    const double location = g < 1 ? -1 : 2 * (g - 1), scale = g < 1 ? 0.5 : 1 + 0.5 * (g - 1);
    values.push_back(static_cast<float>(location + scale * random.normal()));
    along.push_back(static_cast<float>(g));
  }
  const kernels::NullCurve curve = estimate_null_along(values, along, {0, 1});
  ASSERT_EQ(curve.knots.size(), 33u);
  for (std::size_t k = 0; k < curve.knots.size(); ++k) {
    const double g = curve.first + static_cast<double>(k) * curve.step;
    EXPECT_GE(curve.knots[k].location, 0);
    EXPECT_GE(curve.knots[k].scale, 1);
    if (g > 2.9) continue;  // a mode of few values
    EXPECT_NEAR(curve.knots[k].location, std::max(0.0, 2 * (g - 1)), g < 2.4 ? 0.25 : 0.5) << g;
    EXPECT_NEAR(curve.knots[k].scale, std::max(1.0, 1 + 0.5 * (g - 1)), 0.3) << g;
  }
}

TEST(NullAlong, TooFewValuesAreNotDivided) {
  const std::vector<float> values = normal(1500, 5, 2, 1), along = normal(1500, 0, 1, 2);
  const kernels::NullCurve curve = estimate_null_along(values, along, {4, 3});
  ASSERT_EQ(curve.knots.size(), 1u);
  EXPECT_EQ(curve.knots[0].location, 4);
  EXPECT_EQ(curve.knots[0].scale, 3);
}

TEST(NullAlong, ASecondNumberThatIsConstantDividesNothing) {
  const kernels::NullCurve curve = estimate_null_along(normal(50000, 5, 2, 1), std::vector<float>(50000, 7.0f), {4, 3});
  EXPECT_EQ(curve.knots.size(), 1u);
}

}  // namespace
}  // namespace plotwatch::change
