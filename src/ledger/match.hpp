// When two outlines on one plot are the same suspected construction. Pure: outlines in, groups out.
#pragma once

#include <cstddef>
#include <vector>

#include "core/geometry.hpp"
#include "model/ledger.hpp"

namespace plotwatch::ledger {

// Intersection over the smaller of both areas, [0, 1].
double overlap(const MultiPolygon& a, const MultiPolygon& b);

bool overlaps(const MultiPolygon& a, const MultiPolygon& b, const CasePolicy& policy);  // by match_overlap
// Overlapping, or no farther apart than match_distance_m.
bool matches(const MultiPolygon& a, const MultiPolygon& b, const CasePolicy& policy);

// Grounds and outlines that are one construction. An outline belongs to the grounds it overlaps; to the nearest within
// match_distance_m where it overlaps none; and outlines on new ground belong together when they match each other. So
// two grounds become one only through an outline that overlaps both.
struct Group {
  std::vector<std::size_t> grounds;   // ascending
  std::vector<std::size_t> outlines;  // ascending; never empty
  // Outlines of the group that are one construction even without the grounds: more than one where they lie apart.
  std::vector<std::vector<std::size_t>> pieces;
};

// Each outline is in one group, each ground in one at most; groups by their first outline.
std::vector<Group> group(const std::vector<const MultiPolygon*>& grounds,
                         const std::vector<const MultiPolygon*>& outlines, const CasePolicy& policy);

}  // namespace plotwatch::ledger
