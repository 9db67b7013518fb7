#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "registration/gradient.hpp"
#include "support/register_pair.hpp"
#include "support/texture.hpp"

namespace plotwatch::registration {
namespace {

using support::Image;
using support::Texture;
using support::window_pair;

Gradient gradient_of(const Image& image) {
  const WindowPair pair = window_pair(image, image);
  return compressed_gradient(pair.before.band(0), pair.before_usable);
}

TEST(CompressedGradient, OfARampPointsUpItAndHasTheLengthOfTheKnee) {
  Image ramp(40, 30);
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 40; ++x) ramp.at(x, y) = float(3 * x - 4 * y + 100000);
  const Gradient g = gradient_of(ramp);
  ASSERT_TRUE(g.texture);
  // All gradients are typical, and the knee lies at one and a half: 1 / sqrt(1 + 2.25).
  for (int y = gradient_reach; y < 30 - gradient_reach; ++y)
    for (int x = gradient_reach; x < 40 - gradient_reach; ++x) {
      EXPECT_NEAR(g.x.row(y)[x], 0.6 / std::sqrt(3.25), 1e-4);
      EXPECT_NEAR(g.y.row(y)[x], -0.8 / std::sqrt(3.25), 1e-4);
    }
}

TEST(CompressedGradient, DoesNotSeeGainAndOffset) {
  const Texture texture(2);
  const Gradient a = gradient_of(texture.image(50, 50)), b = gradient_of(texture.image(50, 50, 0, 0, 17, -400));
  for (std::size_t i = 0; i < a.x.samples.size(); ++i) EXPECT_NEAR(a.x.samples[i], b.x.samples[i], 1e-4);
}

TEST(CompressedGradient, WeighsOnlyPixelsWhoseWholeNeighbourhoodIsUsable) {
  Image image = Texture(2).image(40, 40);
  image.mask(20, 15) = 0;
  image.at(20, 15) = std::numeric_limits<float>::quiet_NaN();
  const Gradient g = gradient_of(image);
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 40; ++x) {
      const bool inside = std::min({x, y, 39 - x, 39 - y}) >= gradient_reach;
      const bool away = std::max(std::abs(x - 20), std::abs(y - 15)) > gradient_reach;
      EXPECT_EQ(g.weight.row(y)[x], inside && away ? 1.0f : 0.0f) << x << ' ' << y;
      EXPECT_TRUE(std::isfinite(g.x.row(y)[x]) && std::isfinite(g.y.row(y)[x]));
    }
}

TEST(CompressedGradient, OfNothingIsZero) {
  Image flat(20, 20, 7);
  EXPECT_FALSE(gradient_of(flat).texture);
  std::fill(flat.usable.begin(), flat.usable.end(), std::uint8_t{0});
  const Gradient g = gradient_of(flat);
  EXPECT_FALSE(g.texture);
  for (const float v : g.weight.samples) EXPECT_EQ(v, 0);
}

struct SmallSizes : testing::TestWithParam<std::pair<int, int>> {};

TEST_P(SmallSizes, HaveNoWeightWithoutANeighbourhood) {
  const auto [w, h] = GetParam();
  const Gradient g = gradient_of(Texture(2).image(w, h));
  float sum = 0;
  for (const float v : g.weight.samples) sum += v;
  EXPECT_EQ(sum, float(std::max(0, w - 2 * gradient_reach) * std::max(0, h - 2 * gradient_reach)));
}

INSTANTIATE_TEST_SUITE_P(Sizes, SmallSizes,
                         testing::Values(std::pair{1, 1}, std::pair{3, 50}, std::pair{8, 9}, std::pair{9, 9},
                                         std::pair{50, 7}, std::pair{10, 33}));

}  // namespace
}  // namespace plotwatch::registration
