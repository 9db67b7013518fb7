// The boundary of a set of pixel runs as links between the upright ends of the runs. Private to vectorise.
//
// Every run has two upright edges of one pixel: its left end, walked downwards, and its right end, walked upwards, so
// that the run lies to the left (counter-clockwise around pixels in a system with y north). On each lattice line
// between two rows the edges that end there are linked in pairs: straight on, or along a level piece of boundary. Where
// two pixels meet at a corner only, each turns around its own pixel; so a ring never leaves a 4-connected part.
#pragma once

#include <cstdint>
#include <vector>

#include "model/candidate.hpp"

namespace plotwatch::vectorise {

struct BoundaryLink {
  std::uint32_t next = 0;  // edge that follows when the edge is walked in its direction
  bool straight = false;   // no corner between the two
  // Two pixels that share a corner only meet where this edge sets out, or where it arrives: a ring may come by twice.
  bool meets_at_start = false, meets_at_end = false;
};

struct Boundary {
  // Edge 2 * run is the run's left end, 2 * run + 1 its right end.
  std::vector<BoundaryLink> links;
  // The 4-connected part that a run belongs to; parts are numbered by their first run.
  std::vector<std::uint32_t> part;
  std::uint32_t parts = 0;
};

// `runs` sorted by (y, x0), apart from each other. Linear in the runs.
Boundary link_boundary(const std::vector<ChangeRun>& runs);

inline bool is_left(std::uint32_t edge) { return (edge & 1) == 0; }
inline int edge_x(const std::vector<ChangeRun>& runs, std::uint32_t edge) {
  return is_left(edge) ? runs[edge / 2].x0 : runs[edge / 2].x1;
}

}  // namespace plotwatch::vectorise
