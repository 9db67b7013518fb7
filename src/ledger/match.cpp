#include "ledger/match.hpp"

#include <algorithm>
#include <optional>

#include "core/disjoint_sets.hpp"
#include "io/geometry_ops.hpp"

namespace plotwatch::ledger {
namespace {

// Members of `group` by their own connected parts, in the order of the first of each.
std::vector<std::vector<std::size_t>> parts(const std::vector<std::size_t>& members, DisjointSets& connected) {
  std::vector<std::vector<std::size_t>> out;
  std::vector<std::size_t> roots;
  for (const std::size_t m : members) {
    const std::size_t root = connected.root(m);
    const auto found = std::find(roots.begin(), roots.end(), root);
    if (found == roots.end()) {
      roots.push_back(root);
      out.push_back({m});
    } else {
      out[static_cast<std::size_t>(found - roots.begin())].push_back(m);
    }
  }
  return out;
}

std::optional<std::size_t> nearest(const MultiPolygon& outline, const std::vector<const MultiPolygon*>& grounds,
                                   double limit) {
  std::optional<std::size_t> best;
  for (std::size_t g = 0; g < grounds.size(); ++g) {
    if (grounds[g]->empty() || !bounds(outline).expanded(limit).intersects(bounds(*grounds[g]))) continue;
    const double d = io::distance(outline, *grounds[g]);
    if (d > limit || (best && d >= limit)) continue;
    best = g;
    limit = d;
  }
  return best;
}

}  // namespace

double overlap(const MultiPolygon& a, const MultiPolygon& b) {
  if (a.empty() || b.empty() || !bounds(a).intersects(bounds(b))) return 0;
  const double smaller = std::min(area(a), area(b));
  return smaller > 0 ? std::min(1.0, area(io::intersection(a, b)) / smaller) : 0;
}

bool overlaps(const MultiPolygon& a, const MultiPolygon& b, const CasePolicy& policy) {
  return overlap(a, b) >= policy.match_overlap;
}

bool matches(const MultiPolygon& a, const MultiPolygon& b, const CasePolicy& policy) {
  if (a.empty() || b.empty() || !bounds(a).expanded(policy.match_distance_m).intersects(bounds(b))) return false;
  return io::distance(a, b) <= policy.match_distance_m || overlaps(a, b, policy);
}

std::vector<Group> group(const std::vector<const MultiPolygon*>& grounds,
                         const std::vector<const MultiPolygon*>& outlines, const CasePolicy& policy) {
  const std::size_t n = outlines.size();
  DisjointSets together(n + grounds.size()), alone(n);  // outlines first, so that an outline is the root of its group
  std::vector<bool> on_new_ground(n);
  for (std::size_t i = 0; i < n; ++i) {
    bool known = false;
    for (std::size_t g = 0; g < grounds.size(); ++g)
      if (overlaps(*outlines[i], *grounds[g], policy)) together.unite(i, n + g), known = true;
    if (known) continue;
    const std::optional<std::size_t> near = nearest(*outlines[i], grounds, policy.match_distance_m);
    if (near)
      together.unite(i, n + *near);
    else
      on_new_ground[i] = true;
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j)
      if (matches(*outlines[i], *outlines[j], policy)) {
        alone.unite(i, j);
        if (on_new_ground[i] && on_new_ground[j]) together.unite(i, j);
      }
  std::vector<Group> groups;
  std::vector<std::size_t> of_root(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t root = together.root(i);
    if (of_root[root] == n) {
      of_root[root] = groups.size();
      groups.emplace_back();
    }
    groups[of_root[root]].outlines.push_back(i);
  }
  for (std::size_t g = 0; g < grounds.size(); ++g)
    if (const std::size_t root = together.root(n + g); root < n) groups[of_root[root]].grounds.push_back(g);
  for (Group& one : groups) one.pieces = parts(one.outlines, alone);
  return groups;
}

}  // namespace plotwatch::ledger
