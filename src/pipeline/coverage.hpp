// Which ground is scanned: fixed cells of the working grid that plots, with a margin, touch. Cells do not depend on the
// tile size, so what is scanned does not either.
#pragma once

#include <cstdint>
#include <vector>

#include "core/grid.hpp"
#include "core/tile.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::pipeline {

class Coverage {
 public:
  static constexpr int cell = 64;  // px

  static Coverage everything(const Grid& grid);
  // Cells that the boxes (map units) expanded by `margin` touch.
  static Coverage around(const Grid& grid, const std::vector<Box>& boxes, double margin);

  bool complete() const { return complete_; }
  bool at(int x, int y) const { return cells_[index(x / cell, y / cell)] != 0; }  // grid pixel
  std::int64_t pixels() const;
  // Smallest window inside `window` that holds all its covered cells; empty when there are none.
  PixelWindow covered_part(const PixelWindow& window) const;
  std::int64_t pixels_in(const PixelWindow& window) const;
  // mask = 0 outside the covered cells and outside the grid; (origin_x, origin_y): grid pixel of the view's (0, 0).
  void restrict(kernels::MutableMask mask, int origin_x, int origin_y) const;

 private:
  Coverage(int width, int height);
  std::size_t index(int cx, int cy) const {
    return static_cast<std::size_t>(cy) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(cx);
  }
  int width_, height_, columns_, rows_;
  bool complete_ = false;
  std::vector<std::uint8_t> cells_;
};

}  // namespace plotwatch::pipeline
