#include "vectorise/shape.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace plotwatch::vectorise {
namespace {

constexpr Point metres{1, 1};

MultiPolygon rectangle(double x, double y, double w, double h, double angle = 0) {
  Ring ring;
  for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, {w, 0.0}, {w, h}, {0.0, h}, {0.0, 0.0}})
    ring.push_back({x + dx * std::cos(angle) - dy * std::sin(angle), y + dx * std::sin(angle) + dy * std::cos(angle)});
  return {{ring, {}}};
}

TEST(OutlineShape, OfARectangleWhicheverWayItLies) {
  for (const double angle : {0.0, 0.4, 1.3, 2.8}) {
    const OutlineShape s = outline_shape(rectangle(39443400, 4399700, 80, 10, angle), metres);
    EXPECT_NEAR(s.elongation, 8, 1e-4) << angle;
    EXPECT_NEAR(s.compactness, 4 * std::numbers::pi * 800 / (180.0 * 180), 1e-6);
    EXPECT_NEAR(s.width_m, 2 * 800 / 180.0, 1e-6);
    EXPECT_EQ(s.parts, 1);
    EXPECT_EQ(s.holes, 0);
  }
}

TEST(OutlineShape, OfACircleIsCompact) {
  Ring ring;
  for (int i = 0; i <= 360; ++i) {
    const double a = i % 360 * std::numbers::pi / 180;
    ring.push_back({50 + 20 * std::cos(a), 70 + 20 * std::sin(a)});
  }
  const OutlineShape s = outline_shape({{ring, {}}}, metres);
  EXPECT_NEAR(s.compactness, 1, 1e-3);
  EXPECT_NEAR(s.elongation, 1, 1e-3);
}

TEST(OutlineShape, MeasuresInMetresWhereAnglesAreTheMapsUnit) {
  const double latitude = 60 * std::numbers::pi / 180, degree = 111320;
  const MultiPolygon square = rectangle(116, 60, 0.002, 0.001);  // as wide as high on the ground
  const OutlineShape s = outline_shape(square, {degree * std::cos(latitude), degree});
  EXPECT_NEAR(s.elongation, 1, 1e-6);
  EXPECT_NEAR(s.width_m, 111.32 / 2, 1e-6);
}

TEST(OutlineShape, CountsPartsAndHoles) {
  MultiPolygon two = rectangle(0, 0, 30, 30);
  two.push_back(rectangle(100, 0, 5, 5).front());
  Ring hole = rectangle(10, 10, 10, 10).front().outer;
  two.front().holes.push_back(Ring(hole.rbegin(), hole.rend()));
  const OutlineShape s = outline_shape(two, metres);
  EXPECT_EQ(s.parts, 2);
  EXPECT_EQ(s.holes, 1);
  EXPECT_NEAR(s.compactness, std::numbers::pi / 4, 1e-6);  // of the largest, its hole filled
  EXPECT_GT(s.elongation, 1.5);                            // of both together
}

}  // namespace
}  // namespace plotwatch::vectorise
