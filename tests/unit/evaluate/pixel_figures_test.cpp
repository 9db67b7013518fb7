#include "evaluate/pixel_figures.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "support/naive_metrics.hpp"

namespace plotwatch::evaluate {
namespace {

PixelCounts counts_of(const std::vector<test::Labelled>& samples, int cut) {
  PixelCounts counts;
  for (const test::Labelled& s : samples) counts.add(s.changed, s.score >= cut, s.score);
  return counts;
}

TEST(PixelFigures, AgreeWithScikitLearnsDocumentedExample) {
  // sklearn.metrics: y_true = 0 0 1 1, y_scores = .1 .4 .35 .8: average precision .8333, ROC AUC .75.
  const PixelCounts counts = counts_of({{10, false}, {40, false}, {35, true}, {80, true}}, 50);
  EXPECT_DOUBLE_EQ(average_precision(counts), 0.5 * 1 + 0.5 * 2 / 3);
  EXPECT_DOUBLE_EQ(area_under_curve(counts), 0.75);
}

TEST(PixelFigures, AgreeWithDefinitionsOnRandomScoresWithManyTies) {
  std::mt19937 random(20000317);
  for (const int levels : {2, 7, 251}) {
    std::vector<test::Labelled> samples;
    std::vector<bool> truth, decided;
    const int cut = levels / 2;
    for (int i = 0; i < 600; ++i) {
      const bool changed = random() % 4 == 0;
      const int score = static_cast<int>(random() % static_cast<unsigned>(levels));
      samples.push_back(
          {changed ? std::max(score, static_cast<int>(random() % static_cast<unsigned>(levels))) : score, changed});
      truth.push_back(changed);
      decided.push_back(samples.back().score >= cut);
    }
    const PixelFigures f = figures(counts_of(samples, cut));
    EXPECT_NEAR(f.auc, test::naive_auc(samples), 1e-12) << levels;
    EXPECT_NEAR(f.average_precision, test::naive_average_precision(samples), 1e-12) << levels;
    EXPECT_NEAR(f.kappa, test::naive_kappa(truth, decided), 1e-12) << levels;
  }
}

TEST(PixelFigures, FollowFromTheFourCounts) {
  PixelCounts counts;
  counts.true_positive = 20;
  counts.false_positive = 5;
  counts.false_negative = 10;
  counts.true_negative = 15;  // Cohen's worked table: agreement .70, by chance .50
  const PixelFigures f = figures(counts);
  EXPECT_DOUBLE_EQ(f.overall_accuracy, 0.7);
  EXPECT_DOUBLE_EQ(f.kappa, 0.4);
  EXPECT_DOUBLE_EQ(f.precision, 0.8);
  EXPECT_DOUBLE_EQ(f.recall, 2.0 / 3);
  EXPECT_DOUBLE_EQ(f.f1, 2 * 0.8 * (2.0 / 3) / (0.8 + 2.0 / 3));
}

TEST(PixelFigures, OneScoreForAllIsAGuess) {
  const PixelCounts counts = counts_of({{9, true}, {9, false}, {9, false}, {9, false}}, 100);
  EXPECT_DOUBLE_EQ(area_under_curve(counts), 0.5);
  EXPECT_DOUBLE_EQ(average_precision(counts), 0.25);
}

TEST(PixelFigures, WhatCannotBeDividedIsNotANumber) {
  const PixelFigures nothing = figures(PixelCounts{});
  EXPECT_TRUE(std::isnan(nothing.overall_accuracy));
  EXPECT_TRUE(std::isnan(nothing.auc));
  const PixelFigures only_unchanged = figures(counts_of({{3, false}, {4, false}}, 100));
  EXPECT_DOUBLE_EQ(only_unchanged.overall_accuracy, 1);
  EXPECT_TRUE(std::isnan(only_unchanged.kappa));
  EXPECT_TRUE(std::isnan(only_unchanged.precision));
  EXPECT_TRUE(std::isnan(only_unchanged.average_precision));
}

}  // namespace
}  // namespace plotwatch::evaluate
