// Which ground is scanned, against a reference that asks pixel by pixel.
#include "pipeline/coverage.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "support/make_raster.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr double pixel = 10;

Grid grid_of(int width, int height) { return test::utm_grid(width, height, pixel, 0, 0); }

// Box over pixels [x0, x1) x [y0, y1) of the grid.
Box box_of(double x0, double y0, double x1, double y1) { return {x0 * pixel, -y1 * pixel, x1 * pixel, -y0 * pixel}; }

// Three boxes on a grid that ends inside a cell on both sides.
struct Example {
  Grid grid = grid_of(500, 330);
  std::vector<Box> boxes{box_of(70, 70, 80, 90), box_of(120, 10, 140, 20), box_of(470, 310, 600, 400)};
  double margin = 3 * pixel;
  Coverage coverage = Coverage::around(grid, boxes, margin);

  bool covered(int x, int y) const {
    if (x < 0 || y < 0 || x >= grid.width || y >= grid.height) return false;
    const int cx = x / Coverage::cell * Coverage::cell, cy = y / Coverage::cell * Coverage::cell;
    const Box cell = box_of(cx, cy, cx + Coverage::cell, cy + Coverage::cell);
    return std::any_of(boxes.begin(), boxes.end(),
                       [&](const Box& b) { return !b.expanded(margin).intersection(cell).empty(); });
  }
};

TEST(Coverage, IsTheCellsThatBoxesWithTheirMarginTouch) {
  const Example e;
  std::int64_t pixels = 0;
  for (int y = 0; y < e.grid.height; ++y)
    for (int x = 0; x < e.grid.width; ++x) {
      ASSERT_EQ(e.coverage.at(x, y), e.covered(x, y)) << x << " " << y;
      pixels += e.covered(x, y);
    }
  EXPECT_EQ(e.coverage.pixels(), pixels);
  EXPECT_FALSE(e.coverage.complete());
}

TEST(Coverage, OfEverythingIsComplete) {
  const Coverage all = Coverage::everything(grid_of(130, 65));
  EXPECT_TRUE(all.complete());
  EXPECT_EQ(all.pixels(), 130 * 65);
  EXPECT_EQ(all.covered_part({100, 60, 100, 100}), (PixelWindow{100, 60, 30, 5}));
}

TEST(Coverage, IsCompleteWhenABoxFillsTheGrid) {
  EXPECT_TRUE(Coverage::around(grid_of(130, 65), {box_of(-5, -5, 200, 200)}, 0).complete());
}

TEST(Coverage, IsEmptyForBoxesOutsideTheGrid) {
  const Coverage none = Coverage::around(grid_of(130, 65), {box_of(300, 0, 310, 10), box_of(-50, -50, -40, -40)}, 0);
  EXPECT_EQ(none.pixels(), 0);
  EXPECT_TRUE(none.covered_part({0, 0, 130, 65}).empty());
}

TEST(Coverage, CoveredPartAndPixelsOfAnyWindowAgreeWithTheReference) {
  const Example e;
  std::mt19937 random(5);
  for (int i = 0; i < 300; ++i) {
    const PixelWindow w{static_cast<int>(random() % 620) - 60, static_cast<int>(random() % 420) - 60,
                        static_cast<int>(random() % 150) + 1, static_cast<int>(random() % 150) + 1};
    int x0 = 9999, y0 = 9999, x1 = -1, y1 = -1;
    std::int64_t pixels = 0;
    for (int y = w.y; y < w.bottom(); ++y)
      for (int x = w.x; x < w.right(); ++x)
        if (e.covered(x, y)) {
          ++pixels;
          x0 = std::min(x0, x), y0 = std::min(y0, y), x1 = std::max(x1, x + 1), y1 = std::max(y1, y + 1);
        }
    const PixelWindow part = e.coverage.covered_part(w);
    ASSERT_EQ(e.coverage.pixels_in(w), pixels) << w.x << " " << w.y << " " << w.width << " " << w.height;
    ASSERT_EQ(part.empty(), pixels == 0);
    if (pixels > 0) {
      ASSERT_EQ(part, (PixelWindow{x0, y0, x1 - x0, y1 - y0}));
    }
  }
}

TEST(Coverage, RestrictsAMaskAtAnyOrigin) {
  const Example e;
  std::mt19937 random(6);
  for (int i = 0; i < 300; ++i) {
    const int width = static_cast<int>(random() % 140) + 1, height = static_cast<int>(random() % 40) + 1;
    const int x0 = static_cast<int>(random() % 700) - 150, y0 = static_cast<int>(random() % 450) - 60;
    const int stride = width + 3;
    std::vector<std::uint8_t> samples(static_cast<std::size_t>(stride * height), 7);  // 7: must stay as it is
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) samples[static_cast<std::size_t>(y * stride + x)] = random() % 2;
    const std::vector<std::uint8_t> given = samples;
    e.coverage.restrict({samples.data(), width, height, stride}, x0, y0);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < stride; ++x) {
        const auto at = static_cast<std::size_t>(y * stride + x);
        const bool kept = x >= width || e.covered(x0 + x, y0 + y);
        ASSERT_EQ(samples[at], kept ? given[at] : 0) << x << "," << y << " from " << x0 << "," << y0;
      }
  }
}

}  // namespace
}  // namespace plotwatch::pipeline
