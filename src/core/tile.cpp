#include "core/tile.hpp"

#include <algorithm>

namespace plotwatch {
namespace {

// Edges of the tiles along one axis: 0, every anchor + k * size inside, length.
std::vector<int> edges(int length, int size, int anchor) {
  std::vector<int> at{0};
  const int first = ((anchor % size) + size) % size;
  for (int e = first == 0 ? size : first; e < length; e += size) at.push_back(e);
  at.push_back(length);
  return at;
}

}  // namespace

std::vector<Tile> cut(const Grid& grid, const Tiling& tiling) {
  std::vector<Tile> tiles;
  if (grid.width <= 0 || grid.height <= 0) return tiles;
  const std::vector<int> xs = edges(grid.width, tiling.tile_size, tiling.anchor_x);
  const std::vector<int> ys = edges(grid.height, tiling.tile_size, tiling.anchor_y);
  for (std::size_t r = 0; r + 1 < ys.size(); ++r)
    for (std::size_t c = 0; c + 1 < xs.size(); ++c) {
      const PixelWindow core{xs[c], ys[r], xs[c + 1] - xs[c], ys[r + 1] - ys[r]};
      tiles.push_back({static_cast<int>(tiles.size()), core, core.expanded(tiling.halo)});
    }
  return tiles;
}

}  // namespace plotwatch
