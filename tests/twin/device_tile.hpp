// The pair, and what the processor makes of it.
#pragma once

#include <algorithm>
#include <cstdlib>

#include <gtest/gtest.h>

#include "change/device_lane.hpp"
#include "change/device_scorer.hpp"
#include "support/changed_pair.hpp"
#include "twin/twin.hpp"

namespace plotwatch::test {

inline constexpr std::size_t plenty_of_memory = std::size_t{1} << 30;

class DeviceTile : public Twin {
 protected:
  void SetUp() override {
    Twin::SetUp();
    pair_ = make_pair();
    for (int x = 0; x < side; ++x) pair_.usable[static_cast<std::size_t>(11 * side + x)] = 0;
    for (int y = 40; y < 60; ++y) pair_.usable[static_cast<std::size_t>(y * side + 90)] = 0;
  }
  change::TileOutput expected(const change::ChangeModel& model, const PixelWindow& core) {
    change::Workspace workspace;
    change::TileOutput out;
    change::detect(model, pair_.input(), core, -7, 1000, workspace, out);
    return out;
  }
  static change::DeviceScorerOptions options(int lanes = 1, std::size_t memory = plenty_of_memory) {
    return {twin_backend(), 0, lanes, memory};
  }
  // Every byte and run. Where bytes differ it tells how many and how far: one step is a score that lay between two.
  static void expect_same(const change::TileOutput& got, const change::TileOutput& want) {
    ASSERT_EQ(got.score.size(), want.score.size());
    std::size_t differ = 0;
    int farthest = 0;
    for (std::size_t i = 0; i < want.score.size(); ++i) {
      differ += got.score[i] != want.score[i];
      farthest = std::max(farthest, std::abs(int{got.score[i]} - int{want.score[i]}));
    }
    EXPECT_EQ(differ, 0u) << "of " << want.score.size() << " scores, by " << farthest << " of 250 at most";
    EXPECT_EQ(got.transition, want.transition);
    EXPECT_EQ(got.rarity, want.rarity);
    EXPECT_EQ(got.runs, want.runs);
  }

  Pair pair_;
};

}  // namespace plotwatch::test
