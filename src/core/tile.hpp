// Cutting a grid into tiles: the unit of work, of memory and of resume.
#pragma once

#include <vector>

#include "core/grid.hpp"

namespace plotwatch {

struct Tile {
  int index = 0;         // row-major over all tiles of the grid, kept or not
  PixelWindow core;      // every pixel of the grid lies in the core of one tile
  PixelWindow extended;  // core and halo; may reach outside the grid, where pixels are not usable
  bool operator==(const Tile&) const = default;
};

struct Tiling {
  int tile_size = 512;  // pixels, > 0
  int halo = 0;         // pixels, >= 0
  // Pixel (x, y) of the grid that is a tile corner, so that tiles can lie on the decode blocks of a file.
  int anchor_x = 0, anchor_y = 0;
};

// All tiles of a grid in row-major order. Tiles at the edges may be smaller.
std::vector<Tile> cut(const Grid& grid, const Tiling& tiling);

}  // namespace plotwatch
