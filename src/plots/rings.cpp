#include "plots/rings.hpp"

#include <algorithm>
#include <cmath>

namespace plotwatch::plots {
namespace {

// Most of the ring's corners and edge middles lie in the other: single ones may lie on its boundary.
bool inside(const Ring& ring, const MultiPolygon& other) {
  std::size_t in = 0, all = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    for (const Point p : {ring[i], Point{(ring[i].x + ring[i + 1].x) / 2, (ring[i].y + ring[i + 1].y) / 2}}) {
      in += contains(other, p);
      ++all;
    }
  return 2 * in > all;
}

bool within(const Box& inner, const Box& outer) {
  return inner.min_x >= outer.min_x && inner.max_x <= outer.max_x && inner.min_y >= outer.min_y &&
         inner.max_y <= outer.max_y;
}

}  // namespace

MultiPolygon nest_rings(std::vector<Ring> rings) {
  struct Nested {
    MultiPolygon shape;
    Box box;
    double area = 0;
    std::vector<std::size_t> around;  // rings that it lies in
    std::size_t polygon = 0;          // in the result, of outer rings
  };
  std::vector<Nested> all;
  for (Ring& ring : rings) {
    Nested n;
    n.area = std::abs(signed_area(ring));
    n.shape = {{std::move(ring), {}}};
    n.box = bounds(n.shape);
    all.push_back(std::move(n));
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < all.size(); ++j)
      if (i != j && all[j].area > all[i].area && within(all[i].box, all[j].box) &&
          inside(all[i].shape[0].outer, all[j].shape))
        all[i].around.push_back(j);

  const auto directed = [](Ring ring, bool counter_clockwise) {
    if ((signed_area(ring) > 0) != counter_clockwise) std::reverse(ring.begin(), ring.end());
    return ring;
  };
  MultiPolygon result;
  for (Nested& n : all) {
    if (n.around.size() % 2 == 1) continue;
    n.polygon = result.size();
    result.push_back({directed(n.shape[0].outer, true), {}});
  }
  for (const Nested& n : all) {
    if (n.around.size() % 2 == 0) continue;
    const Nested* parent = nullptr;
    for (const std::size_t j : n.around)
      if (all[j].around.size() % 2 == 0 && (!parent || all[j].area < parent->area)) parent = &all[j];
    // Rings that cross can give a ring an odd number of others of which none is outer.
    if (parent)
      result[parent->polygon].holes.push_back(directed(n.shape[0].outer, false));
    else
      result.push_back({directed(n.shape[0].outer, true), {}});
  }
  return result;
}

}  // namespace plotwatch::plots
