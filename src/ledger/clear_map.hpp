// What of one plot was clear in one scan, coarsely: so that the ground of a case that is found later, or comes in late,
// can be asked for too. Without it what a case is would depend on the order in which scans are recorded.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/geometry.hpp"

namespace plotwatch::ledger {

// Square cells on a lattice through the CRS's origin; row by row from the south-west.
struct ClearMap {
  int cell_m = 0;  // side, metres
  std::int32_t first_x = 0, first_y = 0;
  int columns = 0, rows = 0;
  std::vector<std::uint8_t> shares;  // of the plot's ground in the cell, in 250ths; 255: none of the plot is in it
  bool operator==(const ClearMap&) const = default;
};

// At most 36 cells of 20, 40, 80 … m. `clear_share` is asked for the plot's ground in each.
ClearMap make_clear_map(const MultiPolygon& plot, const std::function<double(const MultiPolygon&)>& clear_share);

// Of the ground, [0, 1]: the mean over the cells it lies in, weighted by area. Empty where no cell of the plot is under
// it.
std::optional<double> clear_share(const ClearMap& map, const MultiPolygon& ground);

std::string to_bytes(const ClearMap& map);
ClearMap clear_map_from(const std::string& bytes);  // throws Error(input)

// The part of the polygons in the box. Parts that touch along an edge of the box only may stay joined along it: of
// importance to outlines, not to areas.
MultiPolygon clip(const MultiPolygon& polygons, const Box& box);

}  // namespace plotwatch::ledger
