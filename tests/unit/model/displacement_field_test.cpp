#include "model/displacement_field.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(DisplacementField, DefaultMovesNothing) {
  const DisplacementField field;
  EXPECT_TRUE(field.is_identity());
  EXPECT_EQ(field.at(12.5, -7), (Point{0, 0}));
}

TEST(DisplacementField, AffinePartIsAroundItsCentre) {
  DisplacementField field;
  field.centre_x = 100;
  field.centre_y = 200;
  field.a[0] = 1.5, field.a[1] = 0.01, field.a[2] = -0.02;
  field.b[0] = -2, field.b[1] = 0.5, field.b[2] = 0.25;
  EXPECT_FALSE(field.is_identity());
  EXPECT_EQ(field.at(100, 200), (Point{1.5, -2}));
  EXPECT_DOUBLE_EQ(field.at(110, 205).x, 1.5 + 0.1 - 0.1);
  EXPECT_DOUBLE_EQ(field.at(110, 205).y, -2 + 5 + 1.25);
}

DisplacementField local() {
  DisplacementField field;
  field.node_spacing = 10;
  field.node_columns = 3;
  field.node_rows = 2;
  field.local_dx = {0, 1, 4, 2, 3, 6};
  field.local_dy = {0, 0, 0, 8, 8, 8};
  return field;
}

TEST(DisplacementField, LocalPartIsExactAtItsNodes) {
  const DisplacementField field = local();
  EXPECT_FALSE(field.is_identity());
  for (int r = 0; r < 2; ++r)
    for (int c = 0; c < 3; ++c) {
      const auto i = static_cast<std::size_t>(r * 3 + c);
      EXPECT_EQ(field.at(10 * c, 10 * r), (Point{field.local_dx[i], field.local_dy[i]}));
    }
}

TEST(DisplacementField, LocalPartIsBilinearBetweenThem) {
  const DisplacementField field = local();
  EXPECT_EQ(field.at(5, 0), (Point{0.5, 0}));
  EXPECT_EQ(field.at(0, 5), (Point{1, 4}));
  EXPECT_EQ(field.at(5, 5), (Point{1.5, 4}));   // the mean of four nodes
  EXPECT_EQ(field.at(15, 2.5), (Point{3, 2}));  // 0.75 * 2.5 + 0.25 * 4.5
}

TEST(DisplacementField, LocalPartIsClampedOutside) {
  const DisplacementField field = local();
  EXPECT_EQ(field.at(-100, -100), (Point{0, 0}));
  EXPECT_EQ(field.at(1000, 1000), (Point{6, 8}));
  EXPECT_EQ(field.at(5, 1000), (Point{2.5, 8}));
}

TEST(DisplacementField, OneNodeIsAConstant) {
  DisplacementField field;
  field.node_spacing = 64;
  field.node_columns = field.node_rows = 1;
  field.local_dx = {2.5F};
  field.local_dy = {-1.5F};
  for (const double x : {-5.0, 0.0, 31.0, 500.0}) EXPECT_EQ(field.at(x, x), (Point{2.5, -1.5}));
}

TEST(DisplacementField, BothPartsAddUp) {
  DisplacementField field = local();
  field.a[0] = 10;
  EXPECT_EQ(field.at(5, 5), (Point{11.5, 4}));
}

}  // namespace
}  // namespace plotwatch
