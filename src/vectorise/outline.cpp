// Rings along pixel edges, valid in the OGC sense.
#include <algorithm>

#include "vectorise/trace.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

// From its northernmost, then westernmost corner on, in map coordinates.
Ring on_the_ground(const Corners& corners, const Grid& grid) {
  const auto first = std::min_element(corners.begin(), corners.end(), [](const Corner& a, const Corner& b) {
    return a.y != b.y ? a.y < b.y : a.x < b.x;
  });
  Ring ring;
  ring.reserve(corners.size() + 1);
  const auto add = [&](const Corner& c) { ring.push_back(grid.to_map({double(c.x), double(c.y)})); };
  std::for_each(first, corners.end(), add);
  std::for_each(corners.begin(), first, add);
  ring.push_back(ring.front());
  return ring;
}

}  // namespace

MultiPolygon outline(const ChangeComponent& component, const Grid& grid) {
  return trace(component.runs, [&](const Corners& corners) { return on_the_ground(corners, grid); });
}

}  // namespace plotwatch::vectorise
