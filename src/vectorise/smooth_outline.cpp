#include <algorithm>

#include "vectorise/smooth_ring.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {

MultiPolygon smooth_outline(const ChangeComponent& component, const Grid& grid) {
  return trace(component.runs, [&](const Corners& corners) {
    Ring ring = smooth_ring(corners);
    std::transform(ring.begin(), ring.end(), ring.begin(), [&](Point p) { return grid.to_map(p); });
    return ring;
  });
}

}  // namespace plotwatch::vectorise
