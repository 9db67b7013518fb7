#include "vectorise/trace.hpp"

#include <algorithm>
#include <utility>

#include "vectorise/boundary.hpp"

namespace plotwatch::vectorise {
namespace {

class Tracer {
 public:
  explicit Tracer(const std::vector<ChangeRun>& runs)
      : runs_(runs), boundary_(link_boundary(runs)), walked_(boundary_.links.size(), false) {}

  // Calls `found(part, corners)` for each simple ring.
  template <class Found>
  void each_ring(Found found) {
    for (std::uint32_t edge = 0; edge < walked_.size(); ++edge) {
      if (walked_[edge]) continue;
      walk(edge);
      const std::uint32_t part = boundary_.part[edge / 2];
      split_at_repeats([&](const Corners& simple) { found(part, simple); });
    }
  }

 private:
  int arrival_y(std::uint32_t edge) const { return runs_[edge / 2].y + (is_left(edge) ? 1 : 0); }

  void walk(std::uint32_t start) {
    ring_.clear();
    meetings_.clear();
    std::uint32_t edge = start;
    do {
      walked_[edge] = true;
      const BoundaryLink link = boundary_.links[edge];
      if (!link.straight) {
        const int y = arrival_y(edge);
        add({edge_x(runs_, edge), y}, link.meets_at_end);
        add({edge_x(runs_, link.next), y}, boundary_.links[link.next].meets_at_start);
      }
      edge = link.next;
    } while (edge != start);
  }

  void add(Corner corner, bool meeting) {
    if (meeting) meetings_.push_back(static_cast<std::uint32_t>(ring_.size()));
    ring_.push_back(corner);
  }

  // Corners that a ring passes twice are found by sorting those where pixels meet.
  template <class Found>
  void split_at_repeats(Found found) {
    const std::size_t n = ring_.size();
    std::sort(meetings_.begin(), meetings_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Corner &p = ring_[a], &q = ring_[b];
      return p.y != q.y ? p.y < q.y : p.x != q.x ? p.x < q.x : a < b;
    });
    bool repeats = false;
    for (std::size_t i = 0; i + 1 < meetings_.size(); ++i)
      if (ring_[meetings_[i]] == ring_[meetings_[i + 1]]) {
        if (!repeats) twin_.assign(n, no_twin);
        twin_[meetings_[i + 1]] = meetings_[i];
        repeats = true;
      }
    if (!repeats) return found(ring_);

    // A corner met again closes a loop with all corners since the first time.
    place_.assign(n, 0);
    stack_.clear();
    for (std::size_t i = 0; i < n; ++i) {
      if (twin_[i] == no_twin) {
        place_[i] = stack_.size();
        stack_.push_back(ring_[i]);
        continue;
      }
      const std::size_t first = place_[twin_[i]];
      found(Corners(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end()));
      stack_.resize(first + 1);
    }
    found(stack_);
  }

  static constexpr std::uint32_t no_twin = UINT32_MAX;

  const std::vector<ChangeRun>& runs_;
  Boundary boundary_;
  std::vector<bool> walked_;
  Corners ring_, stack_;
  std::vector<std::uint32_t> meetings_;  // places in ring_
  std::vector<std::uint32_t> twin_;
  std::vector<std::size_t> place_;
};

}  // namespace

std::int64_t twice_area(const Corners& ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Corner &a = ring[i], &b = ring[(i + 1) % ring.size()];
    sum += std::int64_t{b.x} * a.y - std::int64_t{a.x} * b.y;
  }
  return sum;
}

MultiPolygon trace(const std::vector<ChangeRun>& runs, const std::function<Ring(const Corners&)>& ring_on_ground) {
  MultiPolygon polygons;
  Tracer(runs).each_ring([&](std::uint32_t part, const Corners& corners) {
    if (polygons.size() <= part) polygons.resize(part + 1);
    if (twice_area(corners) > 0)
      polygons[part].outer = ring_on_ground(corners);
    else
      polygons[part].holes.push_back(ring_on_ground(corners));
  });
  return polygons;
}

}  // namespace plotwatch::vectorise
