#include "pipeline/coverage.hpp"

#include <algorithm>
#include <cstring>

namespace plotwatch::pipeline {

Coverage::Coverage(int width, int height)
    : width_(width),
      height_(height),
      columns_((width + cell - 1) / cell),
      rows_((height + cell - 1) / cell),
      cells_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

Coverage Coverage::everything(const Grid& grid) {
  Coverage c(grid.width, grid.height);
  std::fill(c.cells_.begin(), c.cells_.end(), std::uint8_t{1});
  c.complete_ = true;
  return c;
}

Coverage Coverage::around(const Grid& grid, const std::vector<Box>& boxes, double margin) {
  Coverage c(grid.width, grid.height);
  for (const Box& box : boxes) {
    const PixelWindow w = grid.covering(box.expanded(margin));
    if (w.empty()) continue;
    for (int cy = w.y / cell; cy <= (w.bottom() - 1) / cell; ++cy)
      for (int cx = w.x / cell; cx <= (w.right() - 1) / cell; ++cx) c.cells_[c.index(cx, cy)] = 1;
  }
  c.complete_ = std::all_of(c.cells_.begin(), c.cells_.end(), [](std::uint8_t v) { return v != 0; });
  return c;
}

std::int64_t Coverage::pixels() const { return pixels_in({0, 0, width_, height_}); }

std::int64_t Coverage::pixels_in(const PixelWindow& window) const {
  const PixelWindow w = window.intersection({0, 0, width_, height_});
  if (w.empty()) return 0;
  std::int64_t sum = 0;
  for (int cy = w.y / cell; cy <= (w.bottom() - 1) / cell; ++cy)
    for (int cx = w.x / cell; cx <= (w.right() - 1) / cell; ++cx)
      if (cells_[index(cx, cy)]) sum += PixelWindow{cx * cell, cy * cell, cell, cell}.intersection(w).pixels();
  return sum;
}

PixelWindow Coverage::covered_part(const PixelWindow& window) const {
  const PixelWindow w = window.intersection({0, 0, width_, height_});
  if (w.empty() || complete_) return w;
  int x0 = w.right(), y0 = w.bottom(), x1 = w.x, y1 = w.y;
  for (int cy = w.y / cell; cy <= (w.bottom() - 1) / cell; ++cy)
    for (int cx = w.x / cell; cx <= (w.right() - 1) / cell; ++cx) {
      if (!cells_[index(cx, cy)]) continue;
      const PixelWindow part = PixelWindow{cx * cell, cy * cell, cell, cell}.intersection(w);
      x0 = std::min(x0, part.x), y0 = std::min(y0, part.y);
      x1 = std::max(x1, part.right()), y1 = std::max(y1, part.bottom());
    }
  return x1 > x0 ? PixelWindow{x0, y0, x1 - x0, y1 - y0} : PixelWindow{};
}

void Coverage::restrict(kernels::MutableMask mask, int origin_x, int origin_y) const {
  for (int y = 0; y < mask.height; ++y) {
    const int gy = y + origin_y;
    std::uint8_t* row = mask.row(y);
    if (gy < 0 || gy >= height_) {
      std::memset(row, 0, static_cast<std::size_t>(mask.width));
      continue;
    }
    for (int x = 0; x < mask.width;) {
      const int gx = x + origin_x;
      int end;  // first grid column past the stretch that shares this one's fate
      bool kept = false;
      if (gx < 0) {
        end = 0;
      } else if (gx >= width_) {
        end = origin_x + mask.width;
      } else {
        end = std::min((gx / cell + 1) * cell, width_);
        kept = at(gx, gy);
      }
      const int stop = std::min(end - origin_x, mask.width);
      if (!kept) std::memset(row + x, 0, static_cast<std::size_t>(stop - x));
      x = stop;
    }
  }
}

}  // namespace plotwatch::pipeline
