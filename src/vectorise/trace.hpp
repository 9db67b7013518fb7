// The boundary of a component as simple rings of pixel corners. Private to vectorise.
//
// A ring that comes back to a corner where two pixels meet is cut there into two: what runs counter-clockwise (y north)
// is the outer ring of a 4-connected part, of which there is one, and what runs clockwise is a hole in it. Parts that
// touch at corners have rings of their own.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/geometry.hpp"
#include "model/candidate.hpp"

namespace plotwatch::vectorise {

// Corner of pixels: x to the right, y down.
struct Corner {
  int x = 0, y = 0;
  bool operator==(const Corner&) const = default;
};
// Closed: the last is linked to the first. Every corner turns; upright and level pieces alternate.
using Corners = std::vector<Corner>;

// Twice the area in pixels, positive when counter-clockwise with y north.
std::int64_t twice_area(const Corners& ring);

// `ring_on_ground` makes the ring of the result (closed, map coordinates) from one ring of corners; called in the order
// of the runs. Part by part in the order of their first runs.
MultiPolygon trace(const std::vector<ChangeRun>& runs, const std::function<Ring(const Corners&)>& ring_on_ground);

}  // namespace plotwatch::vectorise
