// How candidates are weighed and ordered.
#include "pipeline/candidates.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plotwatch::pipeline {
namespace {

Candidate candidate(std::string id, Severity severity, double confidence, double area_m2) {
  Candidate c;
  c.id = std::move(id);
  c.verdict.severity = severity;
  c.confidence = confidence;
  c.area_m2 = area_m2;
  return c;
}

std::vector<std::string> ids(const std::vector<Candidate>& candidates) {
  std::vector<std::string> names;
  for (const Candidate& c : candidates) names.push_back(c.id);
  return names;
}

TEST(Confidence, GrowsWithDistinctnessUpToThree) {
  EXPECT_DOUBLE_EQ(confidence(1.5, 0), 0.5);
  EXPECT_DOUBLE_EQ(confidence(3, 0), 1);
  EXPECT_DOUBLE_EQ(confidence(3.7, 0), 1);
  EXPECT_DOUBLE_EQ(confidence(-0.4, 0), 0);
}

TEST(Confidence, FallsWithTheResidual) {
  EXPECT_DOUBLE_EQ(confidence(3, 1), 0.5);
  EXPECT_DOUBLE_EQ(confidence(1.5, 0.5), 0.5 / 1.25);
}

TEST(Density, LeavesTheMostDistinctThatTheGroundMayHave) {
  const std::vector<double> changes{0.5, 2.0, 1.0, 1.5, 0.1};
  // 2.5 km2 at one a km2: two stay.
  const double least = distinctness_at_density(changes, 2.5, 1);
  EXPECT_EQ(std::count_if(changes.begin(), changes.end(), [&](double d) { return d >= least; }), 2);
  // Of equals that would be too many together, none.
  const double among_equals = distinctness_at_density({1, 1, 1, 2}, 2, 1);
  EXPECT_GT(among_equals, 1);
  EXPECT_LE(among_equals, 2);
  EXPECT_LT(distinctness_at_density(changes, 100, 1), -1e9);
  EXPECT_LT(distinctness_at_density({}, 1, 1), -1e9);
}

vectorise::PatchOnPlot part(double area_m2, double plot_share) {
  vectorise::PatchOnPlot p;
  p.area_m2 = area_m2;
  p.plot_share = plot_share;
  return p;
}

ChangeEvidence peak(double score) {
  ChangeEvidence e;
  e.peak_score = score;
  return e;
}

TEST(StandsAlone, AsksForASurePixelOfThePartItself) {
  EXPECT_TRUE(stands_alone(part(400, 0.1), peak(0.7), 400, 0.7));
  EXPECT_FALSE(stands_alone(part(4000, 0.9), peak(0.69), 400, 0.7));
}

TEST(StandsAlone, AsksForTheSmallestChangeOrHalfOfASmallPlot) {
  EXPECT_FALSE(stands_alone(part(300, 0.1), peak(0.9), 400, 0.7));
  EXPECT_TRUE(stands_alone(part(300, 0.5), peak(0.9), 400, 0.7));
  EXPECT_TRUE(stands_alone(part(398, 0.1), peak(0.9), 400, 0.7))
      << "a pixel's ellipsoidal area is not its side squared";
}

TEST(Rank, PutsSeverityFirstThenConfidenceTimesTheRootOfTheAreaThenTheId) {
  std::vector<Candidate> all{
      candidate("d", Severity::P1, 0.5, 400),     // weight 10
      candidate("a", Severity::P2, 1.0, 100000),  // less severe: after all of P1
      candidate("c", Severity::P1, 0.9, 100),     // 9
      candidate("b", Severity::P1, 0.5, 400),     // 10: before "d" by its id
      candidate("e", Severity::P0, 0.1, 1),
  };
  rank(all);
  EXPECT_THAT(ids(all), ::testing::ElementsAre("e", "b", "d", "c", "a"));
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].rank, static_cast<int>(i) + 1);
}

TEST(Rank, DoesNotDependOnTheOrderGiven) {
  std::mt19937 random(3);
  std::vector<Candidate> all;
  for (int i = 0; i < 40; ++i)
    all.push_back(candidate("id" + std::to_string(i), static_cast<Severity>(i % 4), 0.1 * (i % 3 + 1), 100 * (i % 2)));
  std::vector<Candidate> shuffled = all;
  std::shuffle(shuffled.begin(), shuffled.end(), random);
  rank(all);
  rank(shuffled);
  EXPECT_EQ(ids(all), ids(shuffled));
}

TEST(Rank, TakesNothing) {
  std::vector<Candidate> none;
  rank(none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace plotwatch::pipeline
