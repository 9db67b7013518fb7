#include "vectorise/shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plotwatch::vectorise {
namespace {

// Integrals of 1, x, y, x^2, xy, y^2 over a polygon, as sums over its edges (Green's theorem).
struct Moments {
  double area = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;

  void add(const Ring& ring, Point origin, Point metres) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const double x0 = (ring[i].x - origin.x) * metres.x, y0 = (ring[i].y - origin.y) * metres.y;
      const double x1 = (ring[i + 1].x - origin.x) * metres.x, y1 = (ring[i + 1].y - origin.y) * metres.y;
      const double cross = x0 * y1 - x1 * y0;
      area += cross / 2;
      x += cross * (x0 + x1) / 6;
      y += cross * (y0 + y1) / 6;
      xx += cross * (x0 * x0 + x0 * x1 + x1 * x1) / 12;
      yy += cross * (y0 * y0 + y0 * y1 + y1 * y1) / 12;
      xy += cross * (x0 * y1 + 2 * x0 * y0 + 2 * x1 * y1 + x1 * y0) / 24;
    }
  }
};

double elongation(const MultiPolygon& outline, Point metres) {
  const Point origin = outline.front().outer.front();  // near it, so that no digits are lost
  Moments m;
  for (const Polygon& polygon : outline) {
    m.add(polygon.outer, origin, metres);
    for (const Ring& hole : polygon.holes) m.add(hole, origin, metres);  // clockwise: taken off
  }
  if (!(m.area > 0)) return 1;
  const double cx = m.x / m.area, cy = m.y / m.area;
  const double xx = m.xx / m.area - cx * cx, yy = m.yy / m.area - cy * cy, xy = m.xy / m.area - cx * cy;
  const double middle = (xx + yy) / 2, spread = std::hypot((xx - yy) / 2, xy);
  const double least = middle - spread;
  return least > 0 ? std::sqrt((middle + spread) / least) : 1;
}

double perimeter(const Ring& ring, Point metres) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += std::hypot((ring[i + 1].x - ring[i].x) * metres.x, (ring[i + 1].y - ring[i].y) * metres.y);
  return sum;
}

}  // namespace

OutlineShape outline_shape(const MultiPolygon& outline, Point metres) {
  OutlineShape shape;
  const auto largest = std::max_element(outline.begin(), outline.end(), [](const Polygon& a, const Polygon& b) {
    return signed_area(a.outer) < signed_area(b.outer);
  });
  const double around = perimeter(largest->outer, metres);
  const double inside = signed_area(largest->outer) * metres.x * metres.y;
  if (around > 0) {
    shape.compactness = std::min(1.0, 4 * std::numbers::pi * inside / (around * around));
    shape.width_m = 2 * inside / around;
  }
  shape.elongation = elongation(outline, metres);
  shape.parts = static_cast<int>(outline.size());
  for (const Polygon& polygon : outline) shape.holes += static_cast<int>(polygon.holes.size());
  return shape;
}

}  // namespace plotwatch::vectorise
