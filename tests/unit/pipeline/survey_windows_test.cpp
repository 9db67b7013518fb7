// Where a pair is looked at before the tiles.
#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "pipeline/survey.hpp"
#include "support/make_raster.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr std::size_t most_windows = 64;
constexpr int side = 256;  // px, of a window of a large grid

bool meet(const std::vector<PixelWindow>& windows) {
  for (std::size_t i = 0; i < windows.size(); ++i)
    for (std::size_t j = i + 1; j < windows.size(); ++j)
      if (!windows[i].intersection(windows[j]).empty()) return true;
  return false;
}

TEST(SurveyWindows, AreAllOfASmallGrid) {
  for (const auto& [width, height] : {std::pair{1024, 1024}, std::pair{300, 200}, std::pair{1, 1}}) {
    const Grid grid = test::utm_grid(width, height);
    for (const Coverage& coverage : {Coverage::everything(grid), Coverage::around(grid, {}, 0)}) {
      const auto windows = survey_windows(grid, coverage, {0, 0});
      std::int64_t pixels = 0;
      for (const PixelWindow& w : windows) pixels += w.intersection(grid.window()).pixels();
      EXPECT_EQ(pixels, grid.window().pixels());
      EXPECT_FALSE(meet(windows));
    }
  }
}

TEST(SurveyWindows, AreFewAndSpreadOverALargeGrid) {
  const Grid grid = test::utm_grid(8192, 8192);
  const auto windows = survey_windows(grid, Coverage::everything(grid), {0, 0});
  EXPECT_LE(windows.size(), most_windows);
  EXPECT_GE(windows.size(), most_windows / 2);
  EXPECT_FALSE(meet(windows));
  std::vector<int> in_quarter(16);
  for (const PixelWindow& w : windows) {
    EXPECT_LE(w.width, side);
    EXPECT_TRUE(grid.window().contains(w));
    ++in_quarter[static_cast<std::size_t>(w.y / 2048 * 4 + w.x / 2048)];
  }
  const auto [fewest, most] = std::minmax_element(in_quarter.begin(), in_quarter.end());
  EXPECT_GE(*fewest, 1);
  EXPECT_LE(*most, 2 * *fewest);
}

TEST(SurveyWindows, LieOnScannedGroundFirstAndSomeElsewhere) {
  const Grid grid = test::utm_grid(4096, 4096, 10, 0, 0);
  const Coverage coverage = Coverage::around(grid, {{3000, -3000, 3100, -2900}, {30000, -30000, 30100, -29900}}, 0);
  const auto windows = survey_windows(grid, coverage, {0, 0});
  const auto on_scanned = std::count_if(windows.begin(), windows.end(),
                                        [&](const PixelWindow& w) { return !coverage.covered_part(w).empty(); });
  EXPECT_EQ(on_scanned, 2);
  EXPECT_EQ(windows.size(), most_windows / 2);
  EXPECT_FALSE(meet(windows));
}

TEST(SurveyWindows, AreThoseOfThePlotsAloneWhenThoseSuffice) {
  const Grid grid = test::utm_grid(4096, 4096, 10, 0, 0);
  const Coverage coverage = Coverage::around(grid, {{0, -40960, 20000, 0}}, 0);
  const auto windows = survey_windows(grid, coverage, {0, 0});
  EXPECT_LE(windows.size(), most_windows);
  EXPECT_GE(windows.size(), most_windows / 2);
  for (const PixelWindow& w : windows) EXPECT_FALSE(coverage.covered_part(w).empty());
}

TEST(SurveyWindows, AreTheSameEveryTimeAndOnEveryGridOfThatSize) {
  const Grid grid = test::utm_grid(3000, 5000), moved = test::utm_grid(3000, 5000, 2, 1000, 1000);
  const auto windows = survey_windows(grid, Coverage::everything(grid), {0, 0});
  EXPECT_EQ(windows, survey_windows(grid, Coverage::everything(grid), {0, 0}));
  EXPECT_EQ(windows, survey_windows(moved, Coverage::everything(moved), {0, 0}));
}

}  // namespace
}  // namespace plotwatch::pipeline
