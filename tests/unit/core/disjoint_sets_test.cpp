#include "core/disjoint_sets.hpp"

#include <random>

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(DisjointSets, BeginAlone) {
  DisjointSets sets(3);
  EXPECT_EQ(sets.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(sets.root(i), i);
}

TEST(DisjointSets, HaveTheirSmallestIndexForARoot) {
  DisjointSets sets(6);
  sets.unite(5, 3);
  sets.unite(4, 5);
  EXPECT_EQ(sets.root(4), 3u);
  EXPECT_EQ(sets.root(2), 2u);
  sets.unite(1, 4);
  for (const std::size_t i : {1, 3, 4, 5}) EXPECT_EQ(sets.root(i), 1u) << i;
  EXPECT_EQ(sets.root(0), 0u);
}

// Against labels that are painted over at every union.
TEST(DisjointSets, AreTheSetsOfRepaintedLabels) {
  constexpr std::size_t size = 200;
  std::mt19937 random(7);
  DisjointSets sets(size);
  std::vector<std::size_t> label(size);
  std::iota(label.begin(), label.end(), std::size_t{0});
  for (int n = 0; n < 150; ++n) {
    const std::size_t a = random() % size, b = random() % size;
    sets.unite(a, b);
    const std::size_t from = std::max(label[a], label[b]), to = std::min(label[a], label[b]);
    std::replace(label.begin(), label.end(), from, to);
  }
  for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(sets.root(i), label[i]) << i;
}

}  // namespace
}  // namespace plotwatch
