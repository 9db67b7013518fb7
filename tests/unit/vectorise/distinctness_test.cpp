#include "vectorise/distinctness.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace plotwatch::vectorise {
namespace {

ChangeEvidence some(std::int64_t pixels) {
  ChangeEvidence e;
  e.pixels = pixels;
  e.rarity = 1.2;
  e.core_share = 0.5;
  e.mean_score = 0.7;
  return e;
}

OutlineShape shape(double compactness, double elongation) {
  OutlineShape s;
  s.compactness = compactness;
  s.elongation = elongation;
  return s;
}

constexpr double of_pixels = 1.2 + 0.25 + 0.2;

TEST(Distinctness, AddsRarityThicknessAndStrength) {
  EXPECT_DOUBLE_EQ(distinctness(some(4), Stage::building, shape(0.8, 1), 1), of_pixels);
}

TEST(Distinctness, TrustsOutlinesAsFarAsPixelsShowThem) {
  EXPECT_DOUBLE_EQ(distinctness(some(9), Stage::building, shape(0.9, 1), 1), of_pixels);
  EXPECT_NEAR(distinctness(some(30), Stage::building, shape(0.9, 1), 1), of_pixels + 0.5 * 1.5 * 0.4, 1e-12);
  EXPECT_DOUBLE_EQ(distinctness(some(100), Stage::building, shape(0.9, 1), 1), of_pixels + 1.5 * 0.4);
  EXPECT_DOUBLE_EQ(distinctness(some(5000), Stage::building, shape(0.1, 1), 1), of_pixels - 1.5 * 0.4);
}

TEST(Distinctness, TakesOffWhatGrows) {
  for (const Stage stage : all_stages()) {
    const bool grows = stage == Stage::crop || stage == Stage::regrowth;
    EXPECT_DOUBLE_EQ(distinctness(some(9), stage, shape(0.5, 1), 1), of_pixels - (grows ? 0.5 : 0)) << name(stage);
  }
}

TEST(Distinctness, TakesOffWhatIsLongAndNoRoad) {
  EXPECT_DOUBLE_EQ(distinctness(some(9), Stage::unclear, shape(0.5, 3), 1), of_pixels);
  EXPECT_DOUBLE_EQ(distinctness(some(9), Stage::unclear, shape(0.5, 3.1), 1), of_pixels - 1);
  EXPECT_DOUBLE_EQ(distinctness(some(9), Stage::road, shape(0.5, 8), 1), of_pixels);
}

TEST(Distinctness, LeavesOutlinesOutWhereTheyAreWorthNothing) {
  EXPECT_DOUBLE_EQ(distinctness(some(5000), Stage::unclear, shape(0.1, 9), 0), of_pixels);
  EXPECT_DOUBLE_EQ(distinctness(some(5000), Stage::unclear, shape(0.1, 9), 0.5), of_pixels - 0.5 * (1 + 1.5 * 0.4));
}

TEST(Distinctness, IsNeverAboveItsBound) {
  for (const std::int64_t pixels : {1, 4, 9, 20, 99, 100, 4000})
    for (const Stage stage : all_stages())
      for (const double compactness : {0.0, 0.4, 0.8, 1.0})
        EXPECT_LE(distinctness(some(pixels), stage, shape(compactness, 1), 0.7),
                  greatest_distinctness(some(pixels), 0.7));
}

}  // namespace
}  // namespace plotwatch::vectorise
