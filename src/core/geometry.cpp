#include "core/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plotwatch {

bool Box::intersects(const Box& other) const {
  return min_x <= other.max_x && other.min_x <= max_x && min_y <= other.max_y && other.min_y <= max_y;
}

Box Box::intersection(const Box& other) const {
  return {std::max(min_x, other.min_x), std::max(min_y, other.min_y), std::min(max_x, other.max_x),
          std::min(max_y, other.max_y)};
}

Box Box::expanded(double margin) const { return {min_x - margin, min_y - margin, max_x + margin, max_y + margin}; }

void Box::include(Point p) {
  min_x = std::min(min_x, p.x);
  min_y = std::min(min_y, p.y);
  max_x = std::max(max_x, p.x);
  max_y = std::max(max_y, p.y);
}

double signed_area(const Ring& ring) {
  if (ring.size() < 4) return 0;
  // Relative to the first point, so that large eastings do not eat the digits of a small plot.
  const Point o = ring.front();
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    twice += (ring[i].x - o.x) * (ring[i + 1].y - o.y) - (ring[i + 1].x - o.x) * (ring[i].y - o.y);
  return twice / 2;
}

double area(const MultiPolygon& polygons) {
  double sum = 0;
  for (const Polygon& polygon : polygons) {
    sum += std::abs(signed_area(polygon.outer));
    for (const Ring& hole : polygon.holes) sum -= std::abs(signed_area(hole));
  }
  return sum;
}

Box bounds(const MultiPolygon& polygons) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  Box box{inf, inf, -inf, -inf};
  for (const Polygon& polygon : polygons)
    for (const Point& p : polygon.outer) box.include(p);
  return box.min_x > box.max_x ? Box{} : box;
}

namespace {

bool crosses(const Ring& ring, Point p) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Point a = ring[i], b = ring[i + 1];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

}  // namespace

bool contains(const MultiPolygon& polygons, Point p) {
  bool inside = false;
  for (const Polygon& polygon : polygons) {
    inside ^= crosses(polygon.outer, p);
    for (const Ring& hole : polygon.holes) inside ^= crosses(hole, p);
  }
  return inside;
}

}  // namespace plotwatch
