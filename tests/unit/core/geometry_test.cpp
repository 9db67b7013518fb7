#include "core/geometry.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

const Ring unit_square{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};  // counter-clockwise

Ring shifted(Ring ring, double dx, double dy) {
  for (Point& p : ring) p = {p.x + dx, p.y + dy};
  return ring;
}

Ring scaled(Ring ring, double factor) {
  for (Point& p : ring) p = {p.x * factor, p.y * factor};
  return ring;
}

TEST(SignedArea, IsPositiveCounterClockwise) {
  EXPECT_EQ(signed_area(unit_square), 1.0);
  EXPECT_EQ(signed_area(Ring(unit_square.rbegin(), unit_square.rend())), -1.0);
  EXPECT_EQ(signed_area({{0, 0}, {4, 0}, {0, 3}, {0, 0}}), 6.0);
}

TEST(SignedArea, OfNoRingIsZero) {
  EXPECT_EQ(signed_area({}), 0.0);
  EXPECT_EQ(signed_area({{1, 1}, {2, 2}, {1, 1}}), 0.0);
}

// Gauss-Krueger eastings with a zone number have eight digits before the point; a plot may have ten square metres.
TEST(SignedArea, KeepsItsDigitsFarFromTheOrigin) {
  EXPECT_EQ(signed_area(shifted(unit_square, 39443418.5, 4399758.5)), 1.0);
  EXPECT_NEAR(signed_area(shifted(scaled(unit_square, 0.25), 39443418.5, 4399758.5)), 0.0625, 1e-12);
}

TEST(Area, IsOuterMinusHolesOfAllParts) {
  const Ring hole = shifted(scaled(Ring(unit_square.rbegin(), unit_square.rend()), 0.5), 0.25, 0.25);
  EXPECT_EQ(area({{unit_square, {hole}}, {shifted(unit_square, 5, 5), {}}}), 1.75);
  EXPECT_EQ(area({}), 0.0);
}

TEST(Bounds, CoverAllParts) {
  EXPECT_EQ(bounds({{unit_square, {}}, {shifted(unit_square, -3, 7), {}}}), (Box{-3, 0, 1, 8}));
  EXPECT_EQ(bounds({}), Box{});
  EXPECT_TRUE(bounds({}).empty());
}

TEST(Contains, HolesAreOutside) {
  const Ring hole = shifted(scaled(Ring(unit_square.rbegin(), unit_square.rend()), 0.5), 0.25, 0.25);
  const MultiPolygon frame{{unit_square, {hole}}, {shifted(unit_square, 2, 0), {}}};
  EXPECT_TRUE(contains(frame, {0.1, 0.1}));
  EXPECT_FALSE(contains(frame, {0.5, 0.5}));
  EXPECT_TRUE(contains(frame, {2.5, 0.5}));
  EXPECT_FALSE(contains(frame, {1.5, 0.5}));
  EXPECT_FALSE(contains({}, {0, 0}));
}

// A ray through a corner must count it once.
TEST(Contains, RaysThroughCornersCountOnce) {
  const MultiPolygon diamond{{{{0, -1}, {1, 0}, {0, 1}, {-1, 0}, {0, -1}}, {}}};
  EXPECT_TRUE(contains(diamond, {0, 0}));
  EXPECT_TRUE(contains(diamond, {-0.5, 0}));
  EXPECT_FALSE(contains(diamond, {-2, 0}));
  EXPECT_FALSE(contains(diamond, {2, 0}));
  EXPECT_FALSE(contains(diamond, {-2, 1}));
}

TEST(Box, Relations) {
  const Box a{0, 0, 2, 2}, touching{2, 0, 3, 2}, apart{2.1, 0, 3, 2};
  EXPECT_TRUE(a.intersects(touching));
  EXPECT_FALSE(a.intersects(apart));
  EXPECT_TRUE(a.intersection(touching).empty());
  EXPECT_TRUE(a.intersection(apart).empty());
  EXPECT_EQ(a.intersection({1, -1, 5, 1}), (Box{1, 0, 2, 1}));
  EXPECT_EQ(a.expanded(0.5), (Box{-0.5, -0.5, 2.5, 2.5}));
  EXPECT_TRUE(a.expanded(-1).empty());
  Box grown = a;
  grown.include({-1, 3});
  EXPECT_EQ(grown, (Box{-1, 0, 2, 3}));
  EXPECT_EQ(grown.width(), 3.0);
  EXPECT_EQ(grown.height(), 3.0);
}

}  // namespace
}  // namespace plotwatch
