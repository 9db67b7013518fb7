#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "registration/held_out.hpp"

namespace plotwatch::registration {
namespace {

Samples lattice(int columns, int rows, double spacing) {
  Samples samples;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      samples.push_back({c * spacing + 20, r * spacing + 20, 0, 0, 1, samples.size(), 0});
  return samples;
}

std::set<std::size_t> indices(const Samples& samples) {
  std::set<std::size_t> set;
  for (const Sample& s : samples) set.insert(s.index);
  return set;
}

TEST(Split, HoldsOutWholeBlocksAndLosesNoPoint) {
  const Split parts = split(lattice(40, 40, 32), 0.25, 96);
  EXPECT_EQ(parts.fitted.size() + parts.held_out.size(), 1600u);
  EXPECT_NEAR(double(parts.held_out.size()), 400, 10);
  std::set<std::pair<int, int>> held;
  for (const Sample& s : parts.held_out) held.insert({int(s.x / 96), int(s.y / 96)});
  for (const Sample& s : parts.fitted) EXPECT_FALSE(held.count({int(s.x / 96), int(s.y / 96)}));
}

TEST(Split, GroupsAreBlocksAndRise) {
  const Split parts = split(lattice(20, 20, 32), 0.25, 96);
  Samples all = parts.held_out;
  all.insert(all.end(), parts.fitted.begin(), parts.fitted.end());
  for (std::size_t i = 1; i < all.size(); ++i) {
    const bool same_block =
        int(all[i].x / 96) == int(all[i - 1].x / 96) && int(all[i].y / 96) == int(all[i - 1].y / 96);
    EXPECT_EQ(all[i].group, all[i - 1].group + (same_block ? 0 : 1));
  }
}

TEST(Split, DoesNotDependOnTheOrder) {
  Samples samples = lattice(15, 15, 50);
  const auto first = indices(split(samples, 0.3, 96).held_out);
  std::reverse(samples.begin(), samples.end());
  EXPECT_EQ(indices(split(samples, 0.3, 96).held_out), first);
}

TEST(Split, FewBlocksFallApartIntoPoints) {
  const Split parts = split(lattice(4, 4, 10), 0.25, 96);
  EXPECT_EQ(parts.held_out.size(), 4u);
  EXPECT_EQ(parts.fitted.size(), 12u);
}

TEST(Split, OfTwoPointsHoldsOutOne) {
  EXPECT_EQ(split(lattice(2, 1, 10), 0.01, 96).held_out.size(), 1u);
  EXPECT_EQ(split(lattice(2, 1, 10), 0.5, 96).fitted.size(), 1u);
  EXPECT_TRUE(split({}, 0.25, 96).held_out.empty());
}

}  // namespace
}  // namespace plotwatch::registration
