#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "support/mask_runs.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

using test::MaskText;

std::vector<ChangeComponent> components(const MaskText& mask, int min_pixels = 1) {
  return join(test::runs_in(mask, test::extent(mask)), min_pixels);
}

void expect_equal(const std::vector<ChangeComponent>& a, const std::vector<ChangeComponent>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].runs, b[i].runs);
    EXPECT_EQ(a[i].window, b[i].window);
    EXPECT_EQ(a[i].pixels, b[i].pixels);
  }
}

// Flood fill, pixel by pixel: sets of pixels with a strong one and enough of them.
std::set<std::set<std::pair<int, int>>> flood(const MaskText& mask, int min_pixels) {
  std::set<std::set<std::pair<int, int>>> result;
  std::set<std::pair<int, int>> seen;
  const PixelWindow whole = test::extent(mask);
  for (int y = 0; y < whole.height; ++y)
    for (int x = 0; x < whole.width; ++x) {
      if (mask[y][x] == '.' || seen.contains({y, x})) continue;
      std::set<std::pair<int, int>> pixels;
      std::vector<std::pair<int, int>> open{{y, x}};
      bool strong = false;
      seen.insert({y, x});
      while (!open.empty()) {
        const auto [cy, cx] = open.back();
        open.pop_back();
        pixels.insert({cy, cx});
        strong |= mask[cy][cx] == '#';
        for (int ny = std::max(0, cy - 1); ny <= std::min(whole.height - 1, cy + 1); ++ny)
          for (int nx = std::max(0, cx - 1); nx <= std::min(whole.width - 1, cx + 1); ++nx)
            if (mask[ny][nx] != '.' && seen.insert({ny, nx}).second) open.push_back({ny, nx});
      }
      if (strong && static_cast<int>(pixels.size()) >= min_pixels) result.insert(pixels);
    }
  return result;
}

TEST(Join, CornersConnect) {
  const auto c = components({"#..+", ".+..", "...#"});
  ASSERT_EQ(c.size(), 2u);  // the two in the west, and the last; the '+' in the corner is weak and alone
  EXPECT_EQ(c[0].pixels, 2);
  EXPECT_EQ(components({"#..", ".+.", "..#"}).size(), 1u);
}

TEST(Join, GivesRunsWindowAndPixels) {
  const auto c = components({".##.", "....", "#..+", ".++."});
  ASSERT_EQ(c.size(), 2u);
  EXPECT_EQ(c[0].runs, (std::vector<ChangeRun>{{0, 1, 3, true}}));
  EXPECT_EQ(c[0].window, (PixelWindow{1, 0, 2, 1}));
  EXPECT_EQ(c[1].runs, (std::vector<ChangeRun>{{2, 0, 1, true}, {2, 3, 4, false}, {3, 1, 3, false}}));
  EXPECT_EQ(c[1].window, (PixelWindow{0, 2, 4, 2}));
  EXPECT_EQ(c[1].pixels, 4);
}

TEST(Join, DropsWeakAndSmall) {
  EXPECT_TRUE(components({"+++", "+++"}).empty());
  EXPECT_TRUE(components({"##."}, 3).empty());
  EXPECT_EQ(components({"##+"}, 3).size(), 1u);
}

TEST(Join, EmptyAndSingle) {
  EXPECT_TRUE(join({}, 1).empty());
  EXPECT_EQ(join({{5, 7, 8, true}}, 1).at(0).window, (PixelWindow{7, 5, 1, 1}));
  EXPECT_TRUE(join({{5, 7, 7, true}}, 1).empty());  // a run of nothing
}

TEST(Join, AgreesWithAFloodFill) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const int width = 1 + static_cast<int>(seed * 7 % 33), height = 1 + static_cast<int>(seed * 5 % 29);
    const MaskText mask = test::random_mask(width, height, 0.1 + 0.02 * static_cast<double>(seed), seed, 0.1);
    std::set<std::set<std::pair<int, int>>> found;
    for (const ChangeComponent& c : components(mask, 2)) {
      std::set<std::pair<int, int>> pixels;
      for (const ChangeRun& r : c.runs)
        for (int x = r.x0; x < r.x1; ++x) pixels.insert({r.y, x});
      found.insert(pixels);
    }
    EXPECT_EQ(found, flood(mask, 2)) << seed;
  }
}

TEST(Join, DoesNotDependOnTilesOrOrder) {
  std::mt19937_64 random(7);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const MaskText mask = test::random_mask(97, 83, 0.35, seed, 0.05);
    const auto whole = components(mask, 3);
    for (const int tile : {1, 2, 5, 16, 64, 1000}) {
      auto runs = test::tiled_runs(mask, tile);
      expect_equal(join(runs, 3), whole);
      std::shuffle(runs.begin(), runs.end(), random);
      expect_equal(join(runs, 3), whole);
    }
  }
}

TEST(Join, TwoMillionRunsKeepEveryPixel) {
  std::vector<ChangeRun> runs;
  std::mt19937_64 random(1);
  for (int y = 0; y < 2000; ++y)
    for (int x = 0; x < 1000; ++x) {
      const int x0 = 8 * x + static_cast<int>(random() % 4);
      runs.push_back({y, x0, x0 + 1 + static_cast<int>(random() % 4), random() % 8 == 0});
    }
  std::shuffle(runs.begin(), runs.end(), random);
  std::int64_t pixels = 0, joined = 0;
  for (ChangeRun& run : runs) run.strong = true, pixels += run.x1 - run.x0;
  const auto components = join(std::move(runs), 1);
  for (const ChangeComponent& c : components) joined += c.pixels;
  EXPECT_GT(components.size(), 1000u);
  EXPECT_EQ(joined, pixels);
}

}  // namespace
}  // namespace plotwatch::vectorise
