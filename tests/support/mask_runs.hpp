// Masks as text or from a seed, and the runs of changed pixels in them, whole or cut by tiles.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "model/candidate.hpp"

namespace plotwatch::test {

// Rows of one length; '.' nothing, '+' changed, '#' changed and strong.
using MaskText = std::vector<std::string>;

inline MaskText random_mask(int width, int height, double density, std::uint64_t seed, double strong = 0.3) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  MaskText mask(static_cast<std::size_t>(height), std::string(static_cast<std::size_t>(width), '.'));
  for (std::string& row : mask)
    for (char& pixel : row)
      if (uniform(random) < density) pixel = uniform(random) < strong ? '#' : '+';
  return mask;
}

inline std::vector<ChangeRun> runs_in(const MaskText& mask, const PixelWindow& window) {
  std::vector<ChangeRun> runs;
  for (int y = window.y; y < window.bottom(); ++y) {
    const std::string& row = mask[static_cast<std::size_t>(y)];
    for (int x = window.x; x < window.right(); ++x) {
      const char pixel = row[static_cast<std::size_t>(x)];
      if (pixel == '.') continue;
      if (runs.empty() || runs.back().y != y || runs.back().x1 != x) runs.push_back({y, x, x, false});
      runs.back().x1 = x + 1;
      runs.back().strong |= pixel == '#';
    }
  }
  return runs;
}

inline PixelWindow extent(const MaskText& mask) {
  return {0, 0, mask.empty() ? 0 : static_cast<int>(mask[0].size()), static_cast<int>(mask.size())};
}

// Tile by tile, as the tiles of a scan give them.
inline std::vector<ChangeRun> tiled_runs(const MaskText& mask, int tile) {
  std::vector<ChangeRun> all;
  const PixelWindow whole = extent(mask);
  for (int y = 0; y < whole.height; y += tile)
    for (int x = 0; x < whole.width; x += tile) {
      const auto runs = runs_in(mask, {x, y, std::min(tile, whole.width - x), std::min(tile, whole.height - y)});
      all.insert(all.end(), runs.begin(), runs.end());
    }
  return all;
}

}  // namespace plotwatch::test
