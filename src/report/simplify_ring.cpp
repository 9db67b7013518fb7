#include "report/simplify_ring.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

namespace plotwatch::report {

Ring simplified(const Ring& ring, std::size_t corners) {
  corners = std::max<std::size_t>(corners, 3);
  if (ring.size() <= corners + 1) return ring;
  const std::size_t count = ring.size() - 1;
  std::vector<std::size_t> before(count), after(count);
  for (std::size_t i = 0; i < count; ++i) before[i] = (i + count - 1) % count, after[i] = (i + 1) % count;
  const auto triangle = [&](std::size_t i) {
    const Point a = ring[before[i]], b = ring[i], c = ring[after[i]];
    return std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
  };
  std::vector<double> size(count);
  std::set<std::pair<double, std::size_t>> smallest;
  for (std::size_t i = 0; i < count; ++i) smallest.insert({size[i] = triangle(i), i});
  for (std::size_t left = count; left > corners; --left) {
    const std::size_t gone = smallest.begin()->second;
    const double least = smallest.begin()->first;
    smallest.erase(smallest.begin());
    const std::size_t a = before[gone], b = after[gone];
    after[a] = b, before[b] = a;
    size[gone] = -1;
    for (const std::size_t i : {a, b}) {
      smallest.erase({size[i], i});
      smallest.insert({size[i] = std::max(triangle(i), least), i});  // never less than what went before
    }
  }
  Ring result;
  for (std::size_t i = 0; i < count; ++i)
    if (size[i] >= 0) result.push_back(ring[i]);
  result.push_back(result.front());
  return result;
}

}  // namespace plotwatch::report
