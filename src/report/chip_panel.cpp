#include "report/chip_panel.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace plotwatch::report {
namespace {

// Planar samples of one date.
struct Ground {
  std::span<const std::uint8_t> rgb;
  int width, height;

  // The mean of the usable pixels of a block, rounded; empty when none is.
  std::optional<cv::Vec3b> mean(int x0, int y0, int side) const {
    std::array<int, 3> sum{};
    int usable = 0;
    const std::size_t plane = static_cast<std::size_t>(width) * height;
    for (int y = y0; y < std::min(y0 + side, height); ++y)
      for (int x = x0; x < std::min(x0 + side, width); ++x) {
        const std::size_t at = static_cast<std::size_t>(y) * width + x;
        const std::array<int, 3> pixel{rgb[at], rgb[at + plane], rgb[at + 2 * plane]};
        if (pixel == std::array<int, 3>{}) continue;
        ++usable;
        for (std::size_t b = 0; b < 3; ++b) sum[b] += pixel[b];
      }
    if (usable == 0) return std::nullopt;
    const auto rounded = [&](int total) { return static_cast<std::uint8_t>((total + usable / 2) / usable); };
    return cv::Vec3b(rounded(sum[0]), rounded(sum[1]), rounded(sum[2]));
  }
};

// Grey with diagonal lines: never a colour that ground could have by chance over a whole block.
cv::Vec3b hatch(int x, int y) {
  constexpr int spacing = 8, line = 2;
  return (x + y) % spacing < line ? cv::Vec3b(150, 150, 150) : cv::Vec3b(205, 205, 205);
}

}  // namespace

Magnification magnification(int width, int height, int limit) {
  const int longer = std::max({width, height, 1});
  const int bound = std::max(limit, 1);
  if (longer <= bound) return {.up = bound / longer, .down = 1};
  return {.up = 1, .down = (longer + bound - 1) / bound};
}

cv::Mat render_ground(std::span<const std::uint8_t> rgb, int width, int height, Magnification by) {
  const Ground ground{rgb, width, height};
  const int columns = (width + by.down - 1) / by.down, rows = (height + by.down - 1) / by.down;
  cv::Mat picture(rows * by.up, columns * by.up, CV_8UC3);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      const auto value = ground.mean(column * by.down, row * by.down, by.down);
      for (int y = row * by.up; y < (row + 1) * by.up; ++y)
        for (int x = column * by.up; x < (column + 1) * by.up; ++x)
          picture.at<cv::Vec3b>(y, x) = value ? *value : hatch(x, y);
    }
  return picture;
}

}  // namespace plotwatch::report
