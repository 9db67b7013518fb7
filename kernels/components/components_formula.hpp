// Blocks of 2 x 2 pixels: set pixels of one block always belong together, so blocks are joined instead of pixels.
#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

PLOTWATCH_HD PLOTWATCH_INLINE int blocks_across(int width) { return (width + 1) / 2; }

PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t block_of(int x, int y, int width) {
  return (y / 2) * blocks_across(width) + x / 2;
}

// Whether a component with this pixel may go on outside the view.
PLOTWATCH_HD PLOTWATCH_INLINE bool on_edge(int x, int y, int width, int height) {
  return x == 0 || y == 0 || x == width - 1 || y == height - 1;
}

// Parents point at smaller numbers, roots at themselves; volatile, for others may write meanwhile.
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t root_of(const volatile std::int32_t* parent, std::int32_t i) {
  for (std::int32_t up = parent[i]; up != i; up = parent[i]) i = up;
  return i;
}

}  // namespace plotwatch::kernels
