#include "kernels/significance/significance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "kernels/significance/significance_formula.hpp"
#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

// Tail probabilities from tables: Q(0), Q(1.2815515655), Q(2.3263478740), Q(3.0902323062), Q(4.7534243088).
TEST(Decades, MatchTables) {
  EXPECT_NEAR(decades(0), 0.30102999566, 1e-10);
  EXPECT_NEAR(decades(1.2815515655446004), 1, 1e-10);
  EXPECT_NEAR(decades(2.3263478740408408), 2, 1e-10);
  EXPECT_NEAR(decades(3.0902323061678132), 3, 1e-10);
  EXPECT_NEAR(decades(4.753424308822899), 6, 1e-9);
  EXPECT_NEAR(decades(-3), -std::log10(0.998650101968370), 1e-12);
  EXPECT_NEAR(decades(37.5), 307.33673707464465, 1e-9);  // scipy 1.10: -norm.logsf(z) / ln 10
  EXPECT_NEAR(decades(1000), 217150.64004199437, 1e-8);
}

TEST(Decades, AreContinuousWhereTheSeriesTakesOver) {
  EXPECT_NEAR(decades(std::nextafter(20.0, 0.0)), decades(20.0), 1e-8);
}

TEST(Decades, TheApproximationKeepsItsBound) {
  for (double z = -8; z <= 1000; z += z < 10 ? 0.001 : 0.5) {
    const double d = decades(z);
    ASSERT_NEAR(decades_approximate(static_cast<float>(z)), d, 0.002 * (1 + d)) << z;
  }
}

TEST(Decades, TheApproximationRises) {
  float last = -1;
  for (float z = -5; z < 60; z += 0.001f) {
    const float d = decades_approximate(z);
    ASSERT_GE(d, last) << z;
    last = d;
  }
}

TEST(Log2, KeepsItsBound) {
  for (float x = 1e-30f; x < 1e30f; x *= 1.01f) ASSERT_NEAR(log2_approximate(x), std::log2(double{x}), 2e-5) << x;
}

TEST(FalseAlarmRate, IsTheInverseOfTheTail) {
  EXPECT_NEAR(z_of_false_alarm_rate(0.5), 0, 1e-12);
  EXPECT_NEAR(z_of_false_alarm_rate(0.1), 1.2815515655446004, 1e-9);
  EXPECT_NEAR(z_of_false_alarm_rate(0.005), 2.5758293035489004, 1e-9);
  EXPECT_NEAR(z_of_false_alarm_rate(0.975), -1.959963984540054, 1e-9);
  EXPECT_NEAR(z_of_false_alarm_rate(1e-9), 5.9978070150076865, 1e-9);
  for (double p = 0.4999; p > 1e-300; p *= 0.3)
    EXPECT_NEAR(decades(z_of_false_alarm_rate(p)), -std::log10(p), 1e-9 * (1 - std::log10(p))) << p;
  for (const double bad : {0.0, 1.0, -0.1, 2.0, std::nan("")})
    EXPECT_THROW(z_of_false_alarm_rate(bad), std::invalid_argument);
}

TEST(Score, BytesGoThereAndBack) {
  EXPECT_EQ(score_of_byte(0), 0.0);
  EXPECT_EQ(score_of_byte(125), 0.5);
  EXPECT_NEAR(decades_of_score(0.5), 2.0, 1e-12);
  EXPECT_EQ(byte_of_z(2.3263478740408408f), 125);  // one in a hundred
  EXPECT_EQ(byte_of_z(-infinity), 0);
  EXPECT_EQ(byte_of_z(infinity), 250);
  EXPECT_EQ(byte_of_z(nan), 255);
  for (float z = -8; z < 200; z += 0.01f) {
    const double d = decades(z);
    ASSERT_NEAR(byte_of_z(z), 250 * d / (d + 2), 1.0) << z;
  }
}

TEST(FuseMinimum, TakesTheLowestStandardisedScore) {
  PoisonedPlanes<float> a(5, 1), b(5, 1), z(5, 1);
  const float first[] = {4, 10, nan, 5, infinity}, second[] = {9, 3, 5, nan, infinity};
  a.fill([&](int x, int, int) { return first[x]; });
  b.fill([&](int x, int, int) { return second[x]; });
  PoisonedPlanes<std::uint8_t> mask(5, 1);
  mask.fill([](int, int, int) { return std::uint8_t{1}; });
  const std::vector<View<const float>> scores = {a.read_view(), b.read_view()};
  const std::vector<NullModel> models = {{0, 2}, {1, 1}};
  fuse_minimum(Backend::cpu, scores, models, mask.read_view(), z.view());
  EXPECT_EQ(z(0, 0), 2.0f);
  EXPECT_EQ(z(1, 0), 2.0f);
  EXPECT_TRUE(std::isnan(z(2, 0)));
  EXPECT_TRUE(std::isnan(z(3, 0)));
  EXPECT_EQ(z(4, 0), infinity);
}

TEST(Significance, EverySizeFollowsTheFormula) {
  for (const int width : {0, 1, 15, 16, 17, 63, 65, 511, 513}) {
    auto a = test::random_planes(width, 2, 1, 1, 2, 3), b = test::random_planes(width, 2, 1, 2, 2, 3);
    auto mask = test::random_mask(width, 2, 0.3, 3);
    test::spoil(a, mask);
    PoisonedPlanes<float> z(width, 2);
    PoisonedPlanes<std::uint8_t> score(width, 2);
    const std::vector<View<const float>> scores = {a.read_view(), b.read_view()};
    const std::vector<NullModel> models = {{0.5f, 2}, {1, 0.7f}};
    fuse_minimum(Backend::cpu, scores, models, mask.read_view(), z.view());
    to_score(Backend::cpu, z.read_view(), {0.3f, 1.5f}, mask.read_view(), score.view());
    for (int y = 0; y < 2; ++y) {
      for (int x = 0; x < width; ++x) {
        if (mask(x, y) == 0) {
          ASSERT_TRUE(std::isnan(z(x, y)));
          ASSERT_EQ(score(x, y), 255);
          continue;
        }
        ASSERT_FLOAT_EQ(z(x, y), std::fmin((a(x, y) - 0.5f) / 2, (b(x, y) - 1) / 0.7f));
        ASSERT_EQ(score(x, y), byte_of_z((z(x, y) - 0.3f) * (1.0f / 1.5f)));
      }
    }
    EXPECT_TRUE(z.padding_untouched() && score.padding_untouched());
    // Fused into one of the scores.
    fuse_minimum(Backend::cpu, scores, models, mask.read_view(), a.view());
    EXPECT_TRUE(test::same_bits(a.view(), z.view()));
  }
}

TEST(Significance, RefusesBadArguments) {
  auto a = test::random_planes(8, 8, 1, 1), small = test::random_planes(8, 7, 1, 1);
  auto mask = test::random_mask(8, 8, 0, 1);
  PoisonedPlanes<float> z(8, 8);
  PoisonedPlanes<std::uint8_t> score(8, 8);
  const auto fuse = [&](std::vector<View<const float>> scores, std::vector<NullModel> models) {
    fuse_minimum(Backend::cpu, scores, models, mask.read_view(), z.view());
  };
  EXPECT_THROW(fuse({}, {}), std::invalid_argument);
  EXPECT_THROW(fuse({a.read_view()}, {}), std::invalid_argument);
  EXPECT_THROW(fuse({small.read_view()}, {{0, 1}}), std::invalid_argument);
  EXPECT_THROW(fuse({a.read_view()}, {{0, 0}}), std::invalid_argument);
  EXPECT_THROW(fuse({a.read_view()}, {{nan, 1}}), std::invalid_argument);
  EXPECT_THROW(to_score(Backend::cpu, small.read_view(), {}, mask.read_view(), score.view()), std::invalid_argument);
  EXPECT_THROW(to_score(Backend::cpu, a.read_view(), {0, -1}, mask.read_view(), score.view()), std::invalid_argument);
}

TEST(StandardiseAlong, GoesFromKnotToKnotInStraightLines) {
  const NullCurve curve{10, 2, {{0, 1}, {4, 0.5f}, {4, 1}}};  // at 10, 12 and 14
  const std::vector<float> along{-5, 10, 11, 12, 13, 14, 99, nan};
  std::vector<float> z(8, 6);
  standardise_along(Backend::cpu, {z.data(), 8, 1, 8}, {along.data(), 8, 1, 8}, curve);
  // One over the scale is what is drawn straight: 1, 2 and 1 at the knots.
  const std::vector<float> expected{6, 6, 4 * 1.5f, 2 * 2, 2 * 1.5f, 2, 2};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_FLOAT_EQ(z[i], expected[i]) << i;
  EXPECT_TRUE(std::isnan(z[7]));
}

TEST(StandardiseAlong, OneKnotIsOneModel) {
  std::vector<float> z{1, 2, 3};
  const std::vector<float> along{-1, 0, 1};
  standardise_along(Backend::cpu, {z.data(), 3, 1, 3}, {along.data(), 3, 1, 3}, {0, 1, {{1, 2}}});
  EXPECT_EQ(z, (std::vector<float>{0, 0.5f, 1}));
}

TEST(StandardiseAlong, BadArguments) {
  std::vector<float> z(3);
  const View<float> v{z.data(), 3, 1, 3};
  EXPECT_THROW(standardise_along(Backend::cpu, v, v, {0, 1, {}}), std::invalid_argument);
  EXPECT_THROW(standardise_along(Backend::cpu, v, v, {0, 0, {{0, 1}}}), std::invalid_argument);
  EXPECT_THROW(standardise_along(Backend::cpu, v, v, {0, 1, {{0, 0}}}), std::invalid_argument);
  EXPECT_THROW(standardise_along(Backend::cpu, v, v, {0, 1, std::vector<NullModel>(65)}), std::invalid_argument);
  EXPECT_THROW(standardise_along(Backend::cpu, v, {z.data(), 2, 1, 3}, {0, 1, {{0, 1}}}), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
