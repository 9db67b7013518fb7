#include "simulate/outline.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plotwatch::simulate {

bool inside_ring(const std::vector<Point>& ring, double u, double v) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Point a = ring[i], b = ring[j];
    if ((a.y > v) != (b.y > v) && u < (b.x - a.x) * (v - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

Rect bounds_of(const std::vector<Point>& ring) {
  Rect box{1e300, 1e300, -1e300, -1e300};
  for (const Point& p : ring) {
    box.u0 = std::min(box.u0, p.x);
    box.u1 = std::max(box.u1, p.x);
    box.v0 = std::min(box.v0, p.y);
    box.v1 = std::max(box.v1, p.y);
  }
  return box;
}

std::vector<Point> ring_of(const Rect& r) { return {{r.u0, r.v0}, {r.u1, r.v0}, {r.u1, r.v1}, {r.u0, r.v1}}; }

double ring_area(const std::vector<Point>& ring) {
  double twice = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
    twice += ring[j].x * ring[i].y - ring[i].x * ring[j].y;
  return std::abs(twice) / 2;
}

std::vector<Point> outline_in(const Rect& box, bool built, Dice& dice) {
  if (built) return ring_of(box);
  std::vector<Point> ring;
  const double a = box.width() / 2, b = box.height() / 2, phase = dice.between(0, 6), lobes = 2 + dice.below(3);
  for (int i = 0; i < 28; ++i) {
    const double angle = 2 * std::numbers::pi * i / 28;
    const double c = std::cos(angle), s = std::sin(angle);
    // Between an ellipse and its box, with a gentle swing.
    const double corner = 1 / std::pow(std::pow(std::abs(c), 3.5) + std::pow(std::abs(s), 3.5), 1 / 3.5);
    const double r = corner * (0.93 + 0.07 * std::sin(lobes * angle + phase));
    ring.push_back({box.u0 + a + a * r * c, box.v0 + b + b * r * s});
  }
  return ring;
}

bool lies_in(const std::vector<Point>& outline, const std::function<bool(Point)>& inside) {
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++)
    for (int k = 0; k < 16; ++k) {
      const double t = k / 16.0;
      if (!inside({outline[j].x + t * (outline[i].x - outline[j].x), outline[j].y + t * (outline[i].y - outline[j].y)}))
        return false;
    }
  return true;
}

}  // namespace plotwatch::simulate
