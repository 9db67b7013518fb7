// Rings to polygons when nothing reliable tells which are holes. Private to plots.
#pragma once

#include <vector>

#include "core/geometry.hpp"

namespace plotwatch::plots {

// A ring inside an odd number of others is a hole of the smallest of them that is no hole; the others are outer rings,
// in the order given. Rings are closed; outer ones become counter-clockwise, holes clockwise. Rings that cross are no
// concern here.
MultiPolygon nest_rings(std::vector<Ring> rings);

}  // namespace plotwatch::plots
