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

}  // namespace
}  // namespace plotwatch::change
