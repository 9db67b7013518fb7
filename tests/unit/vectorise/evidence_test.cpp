#include <vector>

#include <gtest/gtest.h>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

constexpr Transition built{Cover::bare, Cover::built};
constexpr Transition cleared{Cover::vegetation, Cover::bare};
constexpr Transition other{Cover::bare, Cover::bare};

double score_of(std::uint8_t stored) { return stored / 254.0; }

// One row of pixels at (10, 20) of the working grid.
ChangeEvidence evidence_of_row(const std::vector<std::uint8_t>& score, const std::vector<Transition>& transitions) {
  const int n = static_cast<int>(score.size());
  std::vector<std::uint8_t> codes;
  for (const Transition t : transitions) codes.push_back(encode(t));
  const ChangeComponent component{{{20, 10, 10 + n, true}}, {10, 20, n, 1}, n};
  return evidence(component, {score.data(), n, 1, n}, {codes.data(), n, 1, n}, score_of);
}

TEST(Evidence, MeanPeakAndMostFrequentTransition) {
  const ChangeEvidence p = evidence_of_row({254, 127, 0, 127}, {built, built, cleared, other});
  EXPECT_DOUBLE_EQ(p.mean_score, 0.5);
  EXPECT_DOUBLE_EQ(p.peak_score, 1);
  EXPECT_EQ(p.transition, built);
  EXPECT_DOUBLE_EQ(p.transition_share, 0.5);
  EXPECT_EQ(p.pixels, 4);
}

TEST(Evidence, SharesOfCoverAreOfThePixelsWithACode) {
  const ChangeEvidence p = evidence_of_row({9, 9, 9, 9}, {built, cleared, other, {Cover::unknown, Cover::water}});
  EXPECT_EQ(p.before_cover, (std::array<double, 5>{0.25, 0.25, 0.5, 0, 0}));
  EXPECT_EQ(p.after_cover, (std::array<double, 5>{0, 0, 0.5, 0.25, 0.25}));
}

TEST(Evidence, ATransitionNeedsAThirdOfThePixels) {
  EXPECT_EQ(evidence_of_row({9, 9, 9}, {built, other, other}).transition, built);
  const ChangeEvidence p = evidence_of_row({9, 9, 9, 9}, {built, other, other, other});
  EXPECT_EQ(p.transition, Transition{});
  EXPECT_DOUBLE_EQ(p.transition_share, 0.75);
}

TEST(Evidence, OfEqualsTheLowerCode) {
  EXPECT_EQ(evidence_of_row({9, 9}, {built, cleared}).transition, cleared);
  EXPECT_EQ(evidence_of_row({9, 9}, {cleared, built}).transition, cleared);
}

TEST(Evidence, JoinsWhatBecameTheSameFromDifferentCovers) {
  const Transition from_crops{Cover::vegetation, Cover::built};
  // built 5 of 8, from crops oftener than from bare soil; cleared, alone the most frequent pair, 3 of 8
  const ChangeEvidence p = evidence_of_row(
      {9, 9, 9, 9, 9, 9, 9, 9}, {cleared, cleared, cleared, built, built, from_crops, from_crops, from_crops});
  EXPECT_EQ(p.transition, from_crops);
  EXPECT_DOUBLE_EQ(p.transition_share, 5.0 / 8);
}

TEST(Clip, KeepsThePixelsOfAPlotOrTheOthers) {
  const ChangeComponent component{{{3, 0, 4, true}, {3, 6, 9, false}, {4, 2, 8, false}}, {0, 3, 9, 2}, 13};
  const ChangeComponent part = clip(component, {{2, 0, 9}, {3, 2, 7}, {3, 8, 20}, {4, 0, 3}, {4, 5, 6}});
  EXPECT_EQ(part.runs, (std::vector<ChangeRun>{
                           {3, 2, 4, true}, {3, 6, 7, false}, {3, 8, 9, false}, {4, 2, 3, false}, {4, 5, 6, false}}));
  EXPECT_EQ(part.pixels, 6);
  EXPECT_EQ(part.window, component.window);
  EXPECT_EQ(clip(component, {}).pixels, 0);
  const ChangeComponent rest = without(component, {{2, 0, 9}, {3, 2, 7}, {3, 8, 20}, {4, 0, 3}, {4, 5, 6}});
  EXPECT_EQ(rest.runs, (std::vector<ChangeRun>{{3, 0, 2, true}, {3, 7, 8, false}, {4, 3, 5, false}, {4, 6, 8, false}}));
  EXPECT_EQ(rest.pixels + part.pixels, component.pixels);
}

TEST(Evidence, LeavesPixelsWithoutScoreOut) {
  const ChangeEvidence p = evidence_of_row({127, 255, 255}, {built, built, built});
  EXPECT_DOUBLE_EQ(p.mean_score, 0.5);
  EXPECT_DOUBLE_EQ(p.peak_score, 0.5);
  EXPECT_EQ(evidence_of_row({255}, {built}).mean_score, 0);
}

TEST(Evidence, LooksUnderTheComponentOnly) {
  const std::vector<std::uint8_t> score{100, 1, 1, 100}, codes(4, encode(built));
  const ChangeComponent diagonal{{{0, 0, 1, true}, {1, 1, 2, true}}, {0, 0, 2, 2}, 2};
  const ChangeEvidence p = evidence(diagonal, {score.data(), 2, 2, 2}, {codes.data(), 2, 2, 2}, score_of);
  EXPECT_DOUBLE_EQ(p.mean_score, 100 / 254.0);
}

}  // namespace
}  // namespace plotwatch::vectorise
