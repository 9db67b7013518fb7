#include "vectorise/smooth_ring.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace plotwatch::vectorise {
namespace {

// Px from a gate's middle that a line may pass it; at 0.5 is a pixel's centre. A slanted line drawn on pixels takes
// almost all of that; a shape of few pixels would lean.
constexpr double least_reach = 0.1, greatest_reach = 0.48;
constexpr double reach_of_side = 0.02;  // of the side of a square of the ring's area
constexpr double farthest = 0.49;       // once all points have moved by one distance
constexpr int long_side = 3;            // px: where two such sides meet, that is a corner and no step of a slanted line
constexpr double area_kept = 0.01;      // of the area

Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(double k, Point a) { return {k * a.x, k * a.y}; }
double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
double length(Point a) { return std::sqrt(a.x * a.x + a.y * a.y); }

// Small, since a ring may run along millions of pixels.
struct Gate {
  int twice_x = 0, twice_y = 0;      // of the middle of the side of a pixel
  std::int8_t out_x = 0, out_y = 0;  // unit vector from the changed pixel's centre to the other
  bool corner = false;               // beside a corner: the ring has a point in its middle

  Point middle() const { return {0.5 * twice_x, 0.5 * twice_y}; }
  Point outwards() const { return {double(out_x), double(out_y)}; }
  Point at(double t) const { return {0.5 * twice_x + t * out_x, 0.5 * twice_y + t * out_y}; }
};

struct Passage {
  std::size_t gate = 0;
  double t = 0;  // px outwards from its middle
};

// Walking with the changed pixels on the left.
std::vector<Gate> gates_of(const Corners& ring) {
  const std::size_t n = ring.size();
  const auto side = [&](std::size_t i) {
    const Corner &a = ring[i % n], &b = ring[(i + 1) % n];
    return std::abs(b.x - a.x) + std::abs(b.y - a.y);
  };
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i) count += static_cast<std::size_t>(side(i));
  std::vector<Gate> gates;
  gates.reserve(count);
  for (std::size_t i = 0; i < n; ++i) {
    const Corner &a = ring[i], &b = ring[(i + 1) % n];
    const int sides = side(i);
    const bool starts = sides >= long_side && side(i + n - 1) >= long_side,
               ends = sides >= long_side && side(i + 1) >= long_side;
    const int dx = (b.x - a.x) / sides, dy = (b.y - a.y) / sides;
    for (int k = 0; k < sides; ++k)
      gates.push_back({2 * a.x + (2 * k + 1) * dx, 2 * a.y + (2 * k + 1) * dy, static_cast<std::int8_t>(-dy),
                       static_cast<std::int8_t>(dx), (starts && k == 0) || (ends && k == sides - 1)});
  }
  return gates;
}

// The directions from one point that pass every gate so far. y is down: what lies to the left has a negative product.
class Sight {
 public:
  explicit Sight(Point from) : from_(from) {}

  // False when no straight line passes this gate too; then nothing changes.
  bool through(Point inner, Point outer) {
    inner = inner - from_, outer = outer - from_;
    if (any_ && cross(left_, inner) < 0) inner = left_;
    if (any_ && cross(right_, outer) > 0) outer = right_;
    if (cross(outer, inner) >= 0) return false;
    left_ = inner, right_ = outer;
    any_ = true;
    return true;
  }

  // Where the middle of what can be seen meets a gate that has been passed.
  double meets(const Gate& gate, double reach) const {
    const Point ahead = (1 / length(left_)) * left_ + (1 / length(right_)) * right_;
    const double along = cross(ahead, gate.outwards());
    if (along == 0) return 0;
    return std::clamp(-cross(ahead, gate.middle() - from_) / along, -reach, reach);
  }

 private:
  Point from_, left_, right_;
  bool any_ = false;
};

std::vector<Passage> straightened(const std::vector<Gate>& gates, double reach) {
  constexpr double point = 1e-6;  // px: of the start, where the ring ends, and beside corners
  std::vector<Passage> points{{0, 0}};
  Sight sight(gates[0].middle());
  for (std::size_t i = 1; i <= gates.size();) {
    const Gate& gate = gates[i % gates.size()];
    const bool fixed = gate.corner || i == gates.size();
    const double width = fixed ? point : reach;
    const bool seen = sight.through(gate.at(-width), gate.at(width));
    if (seen && !fixed) {
      ++i;
    } else if (seen || points.back().gate == i - 1) {  // the next gate is always reached
      points.push_back({i, 0});
      sight = Sight(gate.middle());
      ++i;
    } else {
      points.push_back({i - 1, sight.meets(gates[i - 1], reach)});
      sight = Sight(gates[i - 1].at(points.back().t));
    }
  }
  points.pop_back();  // the start again
  return points;
}

std::vector<Passage> through_the_middles(std::size_t gates) {
  std::vector<Passage> points;
  for (std::size_t i = 0; i < gates; ++i) points.push_back({i, 0});
  return points;
}

Ring drawn(const std::vector<Gate>& gates, const std::vector<Passage>& points, double outwards) {
  Ring ring;
  ring.reserve(points.size() + 1);
  for (const Passage& p : points) ring.push_back(gates[p.gate].at(std::clamp(p.t + outwards, -farthest, farthest)));
  ring.push_back(ring.front());
  return ring;
}

// Positive as twice_area is.
double area_of(const Ring& ring) { return -signed_area(ring); }

// Whether each side of the ring passes the gates between its ends, which it may have left by moving out.
bool passes_all(const Ring& ring, const std::vector<Gate>& gates, const std::vector<Passage>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = ring[i], along = ring[i + 1] - a;
    const std::size_t end = i + 1 < points.size() ? points[i + 1].gate : gates.size();
    for (std::size_t k = points[i].gate + 1; k < end; ++k)
      if (cross(along, gates[k].at(-0.5) - a) >= 0 || cross(along, gates[k].at(0.5) - a) <= 0) return false;
  }
  return true;
}

// Empty when the area cannot be had.
Ring of_area(double wanted, const std::vector<Gate>& gates, const std::vector<Passage>& points) {
  if (points.size() < 3) return {};
  double outwards = 0;
  Ring ring = drawn(gates, points, 0);
  for (int round = 0; round < 4; ++round) {
    const double missing = wanted - area_of(ring);
    // What has to move is moved to where it should be; large rings are near enough as they are.
    if (std::abs(missing) <= (round == 0 ? 1 : 0.1) * area_kept * std::abs(wanted)) break;
    double perimeter = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) perimeter += length(ring[i] - ring[i - 1]);
    outwards += missing / perimeter;
    ring = drawn(gates, points, outwards);
  }
  const bool kept = std::abs(area_of(ring) - wanted) <= area_kept * std::abs(wanted);
  return kept && passes_all(ring, gates, points) ? ring : Ring();
}

}  // namespace

Ring smooth_ring(const Corners& corners) {
  const double wanted = static_cast<double>(twice_area(corners)) / 2;
  const std::vector<Gate> gates = gates_of(corners);
  const double reach = std::clamp(reach_of_side * std::sqrt(std::abs(wanted)), least_reach, greatest_reach);
  Ring ring = of_area(wanted, gates, straightened(gates, reach));
  if (ring.empty() && reach > least_reach) ring = of_area(wanted, gates, straightened(gates, least_reach));
  if (ring.empty()) ring = of_area(wanted, gates, through_the_middles(gates.size()));
  if (!ring.empty()) return ring;
  for (const Corner& c : corners) ring.push_back({double(c.x), double(c.y)});
  ring.push_back(ring.front());
  return ring;
}

}  // namespace plotwatch::vectorise
