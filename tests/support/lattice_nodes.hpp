// A coordinate lattice made from a function of output pixel coordinates.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "kernels/resample/resample.hpp"

namespace plotwatch::test {

struct LatticeNodes {
  std::vector<std::int32_t> x, y;
  kernels::CoordinateLattice lattice;

  // position(u, v): source position in source pixels, pixel-is-area, of output pixel coordinates (u, v).
  // (origin_x, origin_y): the output pixel on which node (0, 0) lies.
  template <class Position>
  LatticeNodes(int columns, int rows, int step_log2, int origin_x, int origin_y, Position position) {
    const int step = 1 << step_log2;
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        const auto p = position(origin_x + c * step + 0.5, origin_y + r * step + 0.5);
        x.push_back(static_cast<std::int32_t>(std::lround(256 * p.first)));
        y.push_back(static_cast<std::int32_t>(std::lround(256 * p.second)));
      }
    }
    lattice = {x.data(), y.data(), columns, rows, step_log2, 0, 0};
  }
  LatticeNodes(const LatticeNodes&) = delete;
  LatticeNodes& operator=(const LatticeNodes&) = delete;
};

}  // namespace plotwatch::test
