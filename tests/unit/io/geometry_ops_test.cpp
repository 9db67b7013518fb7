#include "io/geometry_ops.hpp"

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/crs.hpp"

namespace plotwatch::io {
namespace {

Ring rectangle(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
}
MultiPolygon box(double x0, double y0, double x1, double y1) { return {{rectangle(x0, y0, x1, y1), {}}}; }

TEST(GeometryOps, OverlaysTwoSquares) {
  const MultiPolygon a = box(0, 0, 2, 2), b = box(1, 1, 3, 3);
  EXPECT_DOUBLE_EQ(area(intersection(a, b)), 1);
  EXPECT_DOUBLE_EQ(area(difference(a, b)), 3);
  EXPECT_DOUBLE_EQ(area(unite(a, b)), 7);
}

TEST(GeometryOps, ResultsAreOrientedAsPolygonsAre) {
  const MultiPolygon frame = difference(box(0, 0, 3, 3), box(1, 1, 2, 2));
  ASSERT_EQ(frame.size(), 1u);
  ASSERT_EQ(frame[0].holes.size(), 1u);
  EXPECT_DOUBLE_EQ(signed_area(frame[0].outer), 9);
  EXPECT_DOUBLE_EQ(signed_area(frame[0].holes[0]), -1);
}

TEST(GeometryOps, NothingInCommonIsEmptyAndATouchHasNoArea) {
  EXPECT_TRUE(intersection(box(0, 0, 1, 1), box(5, 5, 6, 6)).empty());
  EXPECT_TRUE(intersection(box(0, 0, 1, 1), box(1, 0, 2, 1)).empty());
  EXPECT_TRUE(intersection({}, box(0, 0, 1, 1)).empty());
  EXPECT_EQ(difference(box(0, 0, 1, 1), {}), box(0, 0, 1, 1));
  EXPECT_EQ(unite({}, box(0, 0, 1, 1)), box(0, 0, 1, 1));
  EXPECT_TRUE(difference(box(0, 0, 1, 1), box(-1, -1, 2, 2)).empty());
}

TEST(GeometryOps, IntersectsCountsTouching) {
  EXPECT_TRUE(intersects(box(0, 0, 1, 1), box(1, 0, 2, 1)));
  EXPECT_TRUE(intersects(box(0, 0, 5, 5), box(1, 1, 2, 2)));
  EXPECT_FALSE(intersects(box(0, 0, 1, 1), box(1.5, 0, 2, 1)));
  EXPECT_FALSE(intersects({}, box(0, 0, 1, 1)));
}

TEST(GeometryOps, InvalidInputIsRepairedOnTheWay) {
  const MultiPolygon bow_tie{{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}, {}}};
  EXPECT_FALSE(is_valid(bow_tie));
  EXPECT_DOUBLE_EQ(area(intersection(bow_tie, box(-1, -1, 3, 3))), 2);
}

TEST(GeometryOps, BufferOfASquare) {
  const double grown = area(buffer(box(0, 0, 10, 10), 1));
  EXPECT_NEAR(grown, 100 + 40 + std::acos(-1.0), 0.01);
  EXPECT_NEAR(area(buffer(box(0, 0, 10, 10), -1)), 64, 1e-9);
  EXPECT_TRUE(buffer(box(0, 0, 1, 1), -1).empty());
  EXPECT_TRUE(buffer({}, 1).empty());
}

TEST(GeometryOps, PointOnSurfaceLiesInAHorseshoe) {
  const MultiPolygon u{{{{0, 0}, {10, 0}, {10, 10}, {8, 10}, {8, 2}, {2, 2}, {2, 10}, {0, 10}, {0, 0}}, {}}};
  EXPECT_TRUE(contains(u, point_on_surface(u)));
  EXPECT_THROW(point_on_surface({}), Error);
}

// Areas of cells between parallels and meridians on WGS 84, by quadrature of M N cos(latitude).
TEST(EllipsoidalArea, CellsOfOneDegree) {
  const double near_equator = 12308463893.9754, at_40 = 9412851604.2099;
  EXPECT_NEAR(ellipsoidal_area(box(10, 0, 11, 1), lonlat_crs()) / near_equator, 1, 1e-12);
  EXPECT_NEAR(ellipsoidal_area(box(116, 40, 117, 41), lonlat_crs()) / at_40, 1, 1e-12);
  EXPECT_NEAR(ellipsoidal_area(box(116, -41, 117, -40), lonlat_crs()) / at_40, 1, 1e-12);
}

// On the central meridian of Gauss-Krüger the scale is 1; 500 m away it is larger by 3e-9.
TEST(EllipsoidalArea, SquareKilometreOnTheCentralMeridian) {
  const Crs gk = crs_from_user_input("EPSG:4527");
  EXPECT_NEAR(ellipsoidal_area(box(39499500, 4399500, 39500500, 4400500), gk), 1e6, 0.01);
}

// UTM shrinks lengths by 0.9996 there, so its own square is larger on the ground.
TEST(EllipsoidalArea, UtmSquareIsLargerOnTheGround) {
  const Crs utm = crs_from_user_input("EPSG:32650");
  EXPECT_NEAR(ellipsoidal_area(box(499500, 4399500, 500500, 4400500), utm), 1e6 / (0.9996 * 0.9996), 0.02);
}

TEST(EllipsoidalArea, IsAdditiveForPixelsAndTakesHolesOut) {
  const Crs gk = crs_from_user_input("EPSG:4527");
  const double x = 39443400, y = 4399740;
  double pixels = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      if (i != 1 || j != 1)
        pixels += ellipsoidal_area(box(x + 30 * i, y + 30 * j, x + 30 * i + 30, y + 30 * j + 30), gk);
  Ring hole = rectangle(x + 30, y + 30, x + 60, y + 60);
  std::reverse(hole.begin(), hole.end());
  EXPECT_NEAR(ellipsoidal_area({{rectangle(x, y, x + 90, y + 90), {hole}}}, gk), pixels, 1e-4);
  // Scale at 56.6 km from the meridian: 1 + d² / (2 R²).
  EXPECT_NEAR(pixels, 7200 / std::pow(1 + 56.6e3 * 56.6e3 / (2 * 6.378e6 * 6.378e6), 2), 0.01);
}

TEST(EllipsoidalArea, EdgesAreStraightInTheCrs) {
  const Crs gk = crs_from_user_input("EPSG:4527");
  const MultiPolygon large = box(39400000, 4300000, 39500000, 4400000);
  double parts = 0;
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j < 10; ++j)
      parts += ellipsoidal_area(box(39400000 + 1e4 * i, 4300000 + 1e4 * j, 39410000 + 1e4 * i, 4310000 + 1e4 * j), gk);
  EXPECT_NEAR(ellipsoidal_area(large, gk) / parts, 1, 1e-12);
}

TEST(EllipsoidalArea, EveryThreadGetsTheSame) {
  const MultiPolygon square = box(39443400, 4399740, 39443430, 4399770);
  const double expected = ellipsoidal_area(square, crs_from_user_input("EPSG:4527"));
  std::vector<double> found(8);
  std::vector<std::thread> threads;
  for (double& area : found)
    threads.emplace_back([&] { area = ellipsoidal_area(square, crs_from_user_input("EPSG:4527")); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(found, std::vector<double>(8, expected));
}

TEST(EllipsoidalArea, EmptyIsZero) { EXPECT_EQ(ellipsoidal_area({}, lonlat_crs()), 0); }

TEST(EllipsoidalArea, OnASphere) {
  const Crs sphere = crs_from_user_input("+proj=longlat +R=6371000");
  const double exact = 6371000.0 * 6371000.0 * std::acos(-1.0) / 180 * std::sin(std::acos(-1.0) / 180);
  EXPECT_NEAR(ellipsoidal_area(box(0, 0, 1, 1), sphere) / exact, 1, 1e-12);
}

TEST(GeometryOps, DistancesToLinesPointsAndBoundaries) {
  const MultiPolygon square{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {}}},
      around{{{{-5, -3}, {20, -3}, {20, 20}, {-5, 20}, {-5, -3}}, {}}};
  EXPECT_DOUBLE_EQ(distance(square, std::vector<std::vector<Point>>{{{13, 14}}}), 5);
  EXPECT_DOUBLE_EQ(distance(square, std::vector<std::vector<Point>>{{{30, 0}}, {{12, -5}, {12, 50}}}), 2);
  EXPECT_DOUBLE_EQ(distance(square, std::vector<std::vector<Point>>{{{4, 5}}}), 0);  // inside
  EXPECT_DOUBLE_EQ(boundary_distance(square, around), 3);
  EXPECT_DOUBLE_EQ(boundary_distance(square, square), 0);
}

}  // namespace
}  // namespace plotwatch::io
