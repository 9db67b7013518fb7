// Scan conversion by pixel centres with the even-odd rule. Two decisions make it exact:
// - an edge's crossing with a row of centres is computed from its lower end, whichever way the ring runs, so that
//   plots on both sides of a shared edge get the very same number;
// - comparisons are half-open (an edge holds its lower end, a crossing belongs to the pixel east of it), so that a
//   centre on the edge falls to exactly one side.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "io/geometry_ops.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::plots {
namespace {

struct Crossing {
  int row = 0;
  int column = 0;  // the first pixel whose centre is not west of the edge
  auto operator<=>(const Crossing&) const = default;
};

class Scanner {
 public:
  Scanner(const Grid& grid, const PixelWindow& window) : grid_(grid), window_(window) {}

  void add(const Ring& ring) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) add(ring[i], ring[i + 1]);
  }

  std::vector<PixelRun> runs() {
    std::sort(crossings_.begin(), crossings_.end());
    std::vector<PixelRun> result;
    for (std::size_t i = 0; i + 1 < crossings_.size(); i += 2) {
      const Crossing& in = crossings_[i];
      const int end = crossings_[i + 1].column;
      if (in.column == end) continue;
      if (!result.empty() && result.back().y == in.row && result.back().x1 == in.column)
        result.back().x1 = end;
      else
        result.push_back({in.row, in.column, end});
    }
    return result;
  }

 private:
  double centre_y(int row) const { return grid_.top - (row + 0.5) * grid_.pixel_height; }

  void add(Point a, Point b) {
    if (a.y == b.y) return;
    if (b.y < a.y) std::swap(a, b);
    // Candidate rows, one more on each side; the exact test is below.
    const double first = std::floor((grid_.top - b.y) / grid_.pixel_height) - 1;
    const double last = std::ceil((grid_.top - a.y) / grid_.pixel_height) + 1;
    const int from = static_cast<int>(std::max<double>(first, window_.y));
    const int to = static_cast<int>(std::min<double>(last, window_.bottom() - 1));
    const double slope = (b.x - a.x) / (b.y - a.y);
    for (int row = from; row <= to; ++row) {
      const double y = centre_y(row);
      if (y < a.y || y >= b.y) continue;
      const double x = a.x + (y - a.y) * slope;
      const double column = std::ceil((x - grid_.left) / grid_.pixel_width - 0.5);
      crossings_.push_back({row, static_cast<int>(std::clamp<double>(column, window_.x, window_.right()))});
    }
  }

  const Grid& grid_;
  PixelWindow window_;
  std::vector<Crossing> crossings_;
};

std::vector<PixelRun> scan(const MultiPolygon& geometry, const Grid& grid, const PixelWindow& window) {
  Scanner scanner(grid, window);
  for (const Polygon& polygon : geometry) {
    scanner.add(polygon.outer);
    for (const Ring& hole : polygon.holes) scanner.add(hole);
  }
  return scanner.runs();
}

// Every pixel that the box reaches, inside the grid or not; a limit keeps far-away coordinates within an int.
PixelWindow pixels_under(const Box& box, const Grid& grid) {
  const auto pixel = [](double v) { return static_cast<int>(std::clamp(v, -1e9, 1e9)); };
  const Point a = grid.to_pixel({box.min_x, box.max_y}), b = grid.to_pixel({box.max_x, box.min_y});
  const int x0 = pixel(std::floor(a.x)), y0 = pixel(std::floor(a.y));
  return {x0, y0, pixel(std::floor(b.x)) - x0 + 1, pixel(std::floor(b.y)) - y0 + 1};
}

}  // namespace

std::vector<PixelRun> rasterise(const MultiPolygon& geometry, const Grid& grid, const PixelWindow& window) {
  if (geometry.empty() || window.empty()) return {};
  const PixelWindow reach = pixels_under(bounds(geometry), grid);
  // One pixel of margin: a point on a pixel's edge may round to either side.
  if (reach.expanded(1).intersection(window).empty()) return {};
  std::vector<PixelRun> runs = scan(geometry, grid, window);
  // Whether a plot is too small for a centre is a question about the plot, not about this window.
  if (!runs.empty() || area(geometry) <= 0 || !scan(geometry, grid, reach.expanded(1)).empty()) return runs;
  const Point p = grid.to_pixel(io::point_on_surface(geometry));
  const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
  if (window.contains({x, y, 1, 1})) runs.push_back({y, x, x + 1});
  return runs;
}

}  // namespace plotwatch::plots
