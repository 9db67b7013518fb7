#include "vectorise/boundary.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/disjoint_sets.hpp"

namespace plotwatch::vectorise {
namespace {

using Runs = std::vector<ChangeRun>;
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// Runs [from, to) of one row.
struct Row {
  std::uint32_t from = 0, to = 0;
};

// Links the upright edges that end on the lattice line `y`: those of row y - 1 above it, those of row y below it.
class LatticeLine {
 public:
  LatticeLine(const Runs& runs, int y, std::vector<BoundaryLink>& links) : runs_(runs), y_(y), links_(links) {}

  void link(Row above, Row below) {
    std::uint32_t a = 2 * above.from, b = 2 * below.from;
    const std::uint32_t a_end = 2 * above.to, b_end = 2 * below.to;
    // The edge at the western end of the level piece of boundary that we are on, if we are on one.
    std::uint32_t open = none;
    while (a < a_end || b < b_end) {
      const int ax = a < a_end ? edge_x(runs_, a) : std::numeric_limits<int>::max();
      const int bx = b < b_end ? edge_x(runs_, b) : std::numeric_limits<int>::max();
      if (ax != bx) {
        const std::uint32_t edge = ax < bx ? a++ : b++;
        if (open == none) {
          open = edge;
        } else {
          connect(open, edge, false);
          open = none;
        }
        continue;
      }
      if (is_left(a) == is_left(b)) {
        connect(a, b, true);
      } else {
        // Two pixels that share this corner only. The level piece from the west belongs to the pixel on that side.
        mark_meeting(a);
        mark_meeting(b);
        const bool western_is_above = !is_left(a);
        connect(open, western_is_above ? a : b, false);
        open = western_is_above ? b : a;
      }
      ++a;
      ++b;
    }
  }

 private:
  // Left edges are walked down: above the line they arrive at it, below it they set out. Right edges the other way
  // round.
  bool arrives(std::uint32_t edge) const { return (runs_[edge / 2].y < y_) == is_left(edge); }

  void connect(std::uint32_t p, std::uint32_t q, bool straight) {
    BoundaryLink& link = links_[arrives(p) ? p : q];
    link.next = arrives(p) ? q : p;
    link.straight = straight;
  }

  void mark_meeting(std::uint32_t edge) {
    (arrives(edge) ? links_[edge].meets_at_end : links_[edge].meets_at_start) = true;
  }

  const Runs& runs_;
  int y_;
  std::vector<BoundaryLink>& links_;
};

// 4-connected parts: runs of neighbouring rows that share a side.
class Parts {
 public:
  explicit Parts(std::size_t runs) : sets_(runs) {}

  void join(const Runs& runs, Row above, Row below) {
    for (std::uint32_t a = above.from, b = below.from; a < above.to && b < below.to;) {
      if (runs[a].x0 < runs[b].x1 && runs[b].x0 < runs[a].x1) sets_.unite(a, b);
      runs[a].x1 < runs[b].x1 ? ++a : ++b;
    }
  }

  void number(Boundary& boundary) {
    boundary.part.resize(sets_.size());
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      const std::size_t r = sets_.root(i);
      boundary.part[i] = r == i ? boundary.parts++ : boundary.part[r];
    }
  }

 private:
  DisjointSets sets_;
};

}  // namespace

Boundary link_boundary(const std::vector<ChangeRun>& runs) {
  Boundary boundary;
  boundary.links.resize(2 * runs.size());
  Parts parts(runs.size());
  Row above;
  for (std::uint32_t i = 0; i < runs.size(); i = above.to) {
    Row row{i, i};
    const int y = runs[i].y;
    while (row.to < runs.size() && runs[row.to].y == y) ++row.to;
    if (above.to > above.from && runs[above.from].y < y - 1) {  // an empty row between
      LatticeLine(runs, runs[above.from].y + 1, boundary.links).link(above, {});
      above = {};
    }
    LatticeLine(runs, y, boundary.links).link(above, row);
    parts.join(runs, above, row);
    above = row;
  }
  if (!runs.empty()) LatticeLine(runs, runs.back().y + 1, boundary.links).link(above, {});
  parts.number(boundary);
  return boundary;
}

}  // namespace plotwatch::vectorise
