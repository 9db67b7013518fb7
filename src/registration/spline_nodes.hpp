// A plane of coefficients of uniform cubic B-splines over a grid.
#pragma once

#include <array>
#include <cstddef>

#include "core/grid.hpp"

namespace plotwatch::registration {

struct SplineNodes {
  int spacing = 0, columns = 0, rows = 0;  // node (0, 0) lies `spacing` pixels left of and above the grid's corner

  SplineNodes() = default;
  SplineNodes(const Grid& grid, int spacing_px);

  int count() const { return columns * rows; }
  int at(int row, int column) const { return row * columns + column; }
};

// The sixteen coefficients that reach a position, as products of four weights a direction that add up to 1.
struct SplineReach {
  int column = 0, row = 0;  // of the first of them
  std::array<double, 4> across{}, down{};

  SplineReach(const SplineNodes& nodes, double x, double y);  // px of the grid; positions outside are moved to its edge

  double weight(int r, int c) const { return down[static_cast<std::size_t>(r)] * across[static_cast<std::size_t>(c)]; }
};

}  // namespace plotwatch::registration
