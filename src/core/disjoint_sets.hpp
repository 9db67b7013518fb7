// Sets of indices that are united by and by. The root of a set is its smallest index, so that sets come in the order of
// their first members whatever the order of unions. Galler and Fischer 1964, with path halving.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace plotwatch {

class DisjointSets {
 public:
  // Each index below `size` in a set of its own. At most 2^32 - 1 of them.
  explicit DisjointSets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0u); }

  std::size_t size() const { return parent_.size(); }

  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  void unite(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = static_cast<std::uint32_t>(std::min(a, b));
  }

 private:
  std::vector<std::uint32_t> parent_;  // four bytes: a scene has tens of millions of runs
};

}  // namespace plotwatch
