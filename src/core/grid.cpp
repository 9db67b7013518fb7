#include "core/grid.hpp"

#include <algorithm>
#include <cmath>

namespace plotwatch {
namespace {

constexpr double edge_tolerance = 1e-6;  // pixels

double floor_edge(double v) { return std::floor(v + edge_tolerance); }
double ceil_edge(double v) { return std::ceil(v - edge_tolerance); }

bool whole(double v) { return std::abs(v - std::round(v)) < edge_tolerance; }

}  // namespace

PixelWindow PixelWindow::intersection(const PixelWindow& other) const {
  const int x0 = std::max(x, other.x), y0 = std::max(y, other.y);
  const int x1 = std::min(right(), other.right()), y1 = std::min(bottom(), other.bottom());
  if (x1 <= x0 || y1 <= y0) return {};
  return {x0, y0, x1 - x0, y1 - y0};
}

PixelWindow PixelWindow::expanded(int margin) const {
  return {x - margin, y - margin, width + 2 * margin, height + 2 * margin};
}

bool PixelWindow::contains(const PixelWindow& other) const {
  return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
}

PixelWindow Grid::covering(const Box& map_box) const {
  const Point a = to_pixel({map_box.min_x, map_box.max_y});
  const Point b = to_pixel({map_box.max_x, map_box.min_y});
  const double x0 = std::clamp(floor_edge(a.x), 0.0, double(width)),
               x1 = std::clamp(ceil_edge(b.x), 0.0, double(width));
  const double y0 = std::clamp(floor_edge(a.y), 0.0, double(height)),
               y1 = std::clamp(ceil_edge(b.y), 0.0, double(height));
  if (!(x1 > x0 && y1 > y0)) return {};
  return {int(x0), int(y0), int(x1 - x0), int(y1 - y0)};
}

Grid Grid::crop(const PixelWindow& window) const {
  Grid grid = *this;
  grid.left = left + window.x * pixel_width;
  grid.top = top - window.y * pixel_height;
  grid.width = window.width;
  grid.height = window.height;
  return grid;
}

bool Grid::aligned_with(const Grid& other) const {
  const double span = std::max({width, height, other.width, other.height, 1});
  if (crs != other.crs) return false;
  if (std::abs(pixel_width - other.pixel_width) * span > edge_tolerance * pixel_width) return false;
  if (std::abs(pixel_height - other.pixel_height) * span > edge_tolerance * pixel_height) return false;
  return whole((other.left - left) / pixel_width) && whole((top - other.top) / pixel_height);
}

Grid snapped_grid(const Crs& crs, const Box& map_box, double pixel_size) {
  const double x0 = floor_edge(map_box.min_x / pixel_size), x1 = ceil_edge(map_box.max_x / pixel_size);
  const double y0 = floor_edge(map_box.min_y / pixel_size), y1 = ceil_edge(map_box.max_y / pixel_size);
  return {crs, x0 * pixel_size, y1 * pixel_size, pixel_size, pixel_size, int(x1 - x0), int(y1 - y0)};
}

}  // namespace plotwatch
