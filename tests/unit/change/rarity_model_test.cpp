#include "change/rarity_model.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "kernels/rarity/rarity_formula.hpp"
#include "support/random_texture.hpp"

namespace plotwatch::change {
namespace {

constexpr int bands = 3;

// Ground of two looks, with a little noise: `counts[i][j]` pixels of look i that turned into look j.
struct Scene {
  PixelSample sample{bands, {}};
  int width = 0;

  void add(int pixels, float before, float after, test::Random& random) {
    for (int i = 0; i < pixels; ++i)
      for (const float look : {before, after})
        for (int b = 0; b < bands; ++b)
          sample.values.push_back(look + 0.1f * static_cast<float>(b) + 0.002f * static_cast<float>(random.normal()));
  }
};

std::uint8_t rarity_at(const RarityModel& model, float before, float after) {
  std::vector<float> was, is;
  for (int b = 0; b < bands; ++b) {
    was.push_back(before + 0.1f * static_cast<float>(b));
    is.push_back(after + 0.1f * static_cast<float>(b));
  }
  const std::uint8_t usable = 1;
  std::uint8_t out = 0;
  kernels::rarity(kernels::Backend::cpu, {was.data(), 1, 1, bands, 1, 1}, {is.data(), 1, 1, bands, 1, 1},
                  {&usable, 1, 1, 1}, model.params(), {&out, 1, 1, 1});
  return out;
}

std::vector<CellPair> pairs_of(const RarityModel& model, const PixelSample& sample) {
  std::vector<CellPair> pairs;
  for (std::size_t i = 0; i < sample.pixels(); ++i) {
    const float* at = sample.values.data() + i * 2 * bands;
    pairs.push_back(cells_at(model, {at, 1, 1, bands, 1, 1}, {at + bands, 1, 1, bands, 1, 1}, 0, 0));
  }
  return pairs;
}

RarityModel learned(const PixelSample& sample) {
  RarityModel model = fit_rarity_axes(sample);
  learn_rarity(model, pairs_of(model, sample));
  return model;
}

TEST(RarityModel, TellsWhatTheSceneDidFromWhatAFewPixelsDid) {
  test::Random random(4);
  Scene scene;
  scene.add(4000, 0.2f, 0.2f, random);  // dark ground that stays
  scene.add(4000, 0.2f, 0.6f, random);  // as much that turns bright: a season
  scene.add(4000, 0.6f, 0.6f, random);  // bright ground that stays
  scene.add(40, 0.6f, 0.2f, random);    // one in a hundred turns dark
  const RarityModel model = learned(scene.sample);
  const auto rarity = [&](float before, float after) {
    return kernels::rarity_of_byte(rarity_at(model, before, after));
  };
  EXPECT_LT(rarity(0.2f, 0.2f), 1.3);
  EXPECT_LT(rarity(0.2f, 0.6f), 1.3);
  EXPECT_LT(rarity(0.6f, 0.6f), 1.3);
  EXPECT_GT(rarity(0.6f, 0.2f), 1.8);
}

// Noise-free looks fall into one class each: the numbers follow from the counts alone.
TEST(RarityModel, IsTheShareOfWhatIsNoLikelier) {
  Scene scene;
  test::Random random(1);
  const auto exact = [&](int pixels, float before, float after) {
    for (int i = 0; i < pixels; ++i)
      for (const float look : {before, after})
        for (int b = 0; b < bands; ++b) scene.sample.values.push_back(look + 0.1f * static_cast<float>(b));
  };
  exact(900, 0.2f, 0.2f);
  exact(98, 0.2f, 0.6f);
  exact(1000, 0.6f, 0.6f);
  const RarityModel model = learned(scene.sample);
  // Of 998 pixels of the dark look and 2 more, spread as the looks after are (900 and 1098 of 1998).
  const double turned = (98 + 2 * 1098.0 / 1998) / 1000;
  EXPECT_EQ(rarity_at(model, 0.2f, 0.2f), 0);
  EXPECT_EQ(rarity_at(model, 0.2f, 0.6f), std::lround(80 * -std::log10(turned)));
  const double unseen = 2 * 900.0 / 1998 / 1002;
  EXPECT_EQ(rarity_at(model, 0.6f, 0.2f), std::min(250L, std::lround(80 * -std::log10(unseen))));
}

TEST(RarityModel, AnotherGainAndOffsetOfOneDateChangesNothing) {
  test::Random random(4);
  Scene scene;
  scene.add(3000, 0.2f, 0.2f, random);
  scene.add(2000, 0.6f, 0.6f, random);
  scene.add(30, 0.6f, 0.2f, random);
  PixelSample brighter = scene.sample;
  for (std::size_t i = 0; i < brighter.values.size(); ++i)
    if (i / bands % 2 == 1) brighter.values[i] = 2.0f * brighter.values[i] + 0.5f;  // powers of two: exact enough
  const RarityModel a = learned(scene.sample), b = learned(brighter);
  for (const float was : {0.2f, 0.6f})
    for (const float is : {0.2f, 0.6f}) {
      // The looks after are those of the brighter date.
      std::vector<float> before, after;
      for (int k = 0; k < bands; ++k) {
        before.push_back(was + 0.1f * static_cast<float>(k));
        after.push_back(2.0f * (is + 0.1f * static_cast<float>(k)) + 0.5f);
      }
      const std::uint8_t usable = 1;
      std::uint8_t out = 0;
      kernels::rarity(kernels::Backend::cpu, {before.data(), 1, 1, bands, 1, 1}, {after.data(), 1, 1, bands, 1, 1},
                      {&usable, 1, 1, 1}, b.params(), {&out, 1, 1, 1});
      EXPECT_NEAR(out, rarity_at(a, was, is), 25) << was << " to " << is;
    }
}

TEST(RarityModel, TheSameSampleGivesTheSameBytes) {
  test::Random random(9);
  Scene scene;
  scene.add(500, 0.2f, 0.5f, random);
  scene.add(700, 0.6f, 0.3f, random);
  const RarityModel a = learned(scene.sample), b = learned(scene.sample);
  EXPECT_EQ(a.classes, b.classes);
  EXPECT_EQ(a.table, b.table);
  EXPECT_EQ(a.before_axes, b.before_axes);
}

TEST(RarityModel, NothingSeenOrNothingVariesIsNotRare) {
  const RarityModel empty = fit_rarity_axes({bands, {}});
  EXPECT_EQ(rarity_at(empty, 0.2f, 0.6f), 0);
  PixelSample constant{bands, std::vector<float>(2 * bands * 100, 0.5f)};
  EXPECT_EQ(rarity_at(learned(constant), 0.5f, 0.5f), 0);
}

TEST(RarityModel, OneBandWillDo) {
  test::Random random(2);
  PixelSample sample{1, {}};
  for (int i = 0; i < 4000; ++i) {
    const auto v = static_cast<float>(random.normal());
    sample.values.push_back(v);
    sample.values.push_back(v + 0.1f * static_cast<float>(random.normal()));
  }
  RarityModel model = fit_rarity_axes(sample);
  std::vector<CellPair> pairs;
  for (std::size_t i = 0; i < sample.pixels(); ++i) {
    const float* at = sample.values.data() + 2 * i;
    pairs.push_back(cells_at(model, {at, 1, 1, 1, 1, 1}, {at + 1, 1, 1, 1, 1, 1}, 0, 0));
  }
  learn_rarity(model, pairs);
  const float low = -1, high = 1;
  const std::uint8_t usable = 1;
  std::uint8_t out = 0;
  kernels::rarity(kernels::Backend::cpu, {&low, 1, 1, 1, 1, 1}, {&high, 1, 1, 1, 1, 1}, {&usable, 1, 1, 1},
                  model.params(), {&out, 1, 1, 1});
  EXPECT_GT(kernels::rarity_of_byte(out), 1.5);
}

}  // namespace
}  // namespace plotwatch::change
