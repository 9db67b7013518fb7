#include "report/simplify_ring.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

TEST(SimplifiedRing, KeepsShortRings) {
  const Ring square{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}};
  EXPECT_EQ(simplified(square, 4), square);
  EXPECT_EQ(simplified(square, 8), square);
}

TEST(SimplifiedRing, DropsStepsAndKeepsCorners) {
  // A square whose sides are stairs of one pixel.
  Ring stairs;
  for (int i = 0; i < 20; ++i) stairs.push_back({double(5 * i), i % 2 ? 0.0 : 1.0});
  for (int i = 0; i < 20; ++i) stairs.push_back({i % 2 ? 100.0 : 99.0, double(5 * i)});
  for (int i = 0; i < 20; ++i) stairs.push_back({double(100 - 5 * i), i % 2 ? 100.0 : 99.0});
  for (int i = 0; i < 20; ++i) stairs.push_back({i % 2 ? 0.0 : 1.0, double(100 - 5 * i)});
  stairs.push_back(stairs.front());
  const Ring simple = simplified(stairs, 8);
  EXPECT_EQ(simple.size(), 9u);
  EXPECT_EQ(simple.front(), simple.back());
  EXPECT_NEAR(std::abs(signed_area(simple)), 10000, 300);
}

TEST(SimplifiedRing, IsNeverLessThanATriangle) {
  const Ring square{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}};
  EXPECT_EQ(simplified(square, 0).size(), 4u);
}

}  // namespace
}  // namespace plotwatch::report
