#include "kernels/moments/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/naive_moments.hpp"
#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

const View<const float> no_weight{};

void expect_near(const Moments& got, const Moments& want, double relative) {
  ASSERT_EQ(got.n_bands, want.n_bands);
  EXPECT_EQ(got.count, want.count);
  EXPECT_NEAR(got.weight, want.weight, relative * want.weight);
  for (int i = 0; i < want.n_bands; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const double sd_i = std::sqrt(want.covariance(i, i));
    EXPECT_NEAR(got.mean[k], want.mean[k], relative * sd_i);
    for (int j = 0; j < want.n_bands; ++j)
      EXPECT_NEAR(got.covariance(i, j), want.covariance(i, j), relative * sd_i * std::sqrt(want.covariance(j, j)));
  }
}

TEST(Moments, OfFourPixelsByHand) {
  PoisonedPlanes<float> samples(4, 1, 2);
  const float values[2][4] = {{1, 2, 3, 6}, {10, 10, 20, 40}};
  samples.fill([&](int x, int, int b) { return values[b][x]; });
  auto mask = test::random_mask(4, 1, 0, 1);
  const Moments m = moments(Backend::cpu, samples.read(), mask.read_view(), no_weight);
  EXPECT_EQ(m.count, 4);
  EXPECT_EQ(m.weight, 4.0);
  EXPECT_EQ(m.mean, (std::vector<double>{3, 20}));
  EXPECT_EQ(m.comoment, (std::vector<double>{14, 90, 90, 600}));
  EXPECT_EQ(m.covariance(0, 1), 22.5);
}

// Means of 1e4 and a spread of 1: sums of raw squares in single precision would leave no digit.
TEST(Moments, KeepsItsDigitsFarFromZero) {
  for (const auto& [width, height, bands] :
       {std::array{1, 7, 1}, {127, 5, 3}, {128, 5, 8}, {129, 9, 16}, {300, 40, 12}}) {
    auto samples = test::random_planes(width, height, bands, 2, 1e4f, 1.0f);
    auto weight = test::random_planes(width, height, 1, 3);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) weight(x, y) = std::fabs(weight(x, y));
    auto mask = test::random_mask(width, height, 0.2, 4);
    test::spoil(samples, mask);
    test::spoil(weight, mask);
    expect_near(moments(Backend::cpu, samples.read(), mask.read_view(), weight.read_view()),
                test::naive_moments(samples.read(), mask.read_view(), weight.read_view()), 1e-9);
    expect_near(moments(Backend::cpu, samples.read(), mask.read_view(), no_weight),
                test::naive_moments(samples.read(), mask.read_view(), no_weight), 1e-9);
  }
}

TEST(Moments, MergeIsTheUnion) {
  auto samples = test::random_planes(200, 60, 4, 5, 1e4f, 3.0f);
  auto mask = test::random_mask(200, 60, 0.1, 6);
  const Moments all = moments(Backend::cpu, samples.read(), mask.read_view(), no_weight);
  Moments merged;
  merged.merge(Moments{});
  for (int y = 0; y < 60; y += 20)
    merged.merge(
        moments(Backend::cpu, samples.read().sub(0, y, 200, 20), mask.read_view().sub(0, y, 200, 20), no_weight));
  auto nothing = test::random_mask(200, 60, 1, 6);
  merged.merge(moments(Backend::cpu, samples.read(), nothing.read_view(), no_weight));
  expect_near(merged, all, 1e-12);
}

TEST(Moments, NothingUsableIsNeutral) {
  auto samples = test::random_planes(10, 10, 2, 5);
  auto mask = test::random_mask(10, 10, 1, 1);
  test::spoil(samples, mask);
  const Moments m = moments(Backend::cpu, samples.read(), mask.read_view(), no_weight);
  EXPECT_EQ(m.count, 0);
  EXPECT_EQ(m.weight, 0.0);
  EXPECT_EQ(m.mean, std::vector<double>(2, 0.0));
  EXPECT_EQ(m.covariance(0, 0), 0.0);
  PoisonedPlanes<float> empty(0, 0, 3);
  PoisonedPlanes<std::uint8_t> empty_mask(0, 0);
  EXPECT_EQ(moments(Backend::cpu, empty.read(), empty_mask.read_view(), no_weight).count, 0);
}

TEST(Moments, RefusesBadArguments) {
  auto samples = test::random_planes(8, 8, 17, 5), few = test::random_planes(8, 8, 2, 5),
       small = test::random_planes(7, 8, 1, 1);
  auto mask = test::random_mask(8, 8, 0, 1);
  EXPECT_THROW(moments(Backend::cpu, samples.read(), mask.read_view(), no_weight), std::invalid_argument);
  EXPECT_THROW(moments(Backend::cpu, few.read(), mask.read_view(), small.read_view()), std::invalid_argument);
  EXPECT_THROW(moments(Backend::cpu, small.read(), mask.read_view(), no_weight), std::invalid_argument);
  Moments two = moments(Backend::cpu, few.read(), mask.read_view(), no_weight);
  EXPECT_THROW(two.merge(moments(Backend::cpu, few.read().sub(0, 0, 8, 8), mask.read_view(), small.read_view())),
               std::invalid_argument);
  Moments one;
  one.n_bands = 1;
  EXPECT_THROW(two.merge(one), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
