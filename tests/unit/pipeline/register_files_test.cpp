#include "pipeline/register_files.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/read_band.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::pipeline {
namespace {

Grid grid_at(double left, double top, double pixel, int width, int height) {
  Grid g;
  g.left = left;
  g.top = top;
  g.pixel_width = g.pixel_height = pixel;
  g.width = width;
  g.height = height;
  return g;
}

DisplacementField bent() {
  DisplacementField f;
  f.centre_x = 30, f.centre_y = 20;
  f.a[0] = 1.5, f.a[1] = 0.01, f.a[2] = -0.02;
  f.b[0] = -0.5, f.b[1] = 0.03, f.b[2] = 0.004;
  f.node_spacing = 8, f.node_columns = 9, f.node_rows = 6;
  for (int i = 0; i < 54; ++i) {
    f.local_dx.push_back(float(0.1 * (i % 9)));
    f.local_dy.push_back(float(-0.05 * (i / 9)));
  }
  return f;
}

// The same ground has the same displacement in metres whichever grid counts it. At the grid's edge the local part has a
// kink that the new nodes cut by some thousandths of a pixel.
TEST(CarriedTo, KeepsDisplacementsOnTheGround) {
  const Grid from = grid_at(1000, 5000, 30, 60, 40), to = grid_at(940, 5030, 15, 140, 100);
  const DisplacementField field = bent(), carried = carried_to(field, from, to);
  for (double y = 9; y < 38; y += 3.7)
    for (double x = 9; x < 60; x += 4.3) {
      const Point other = to.to_pixel(from.to_map({x, y})), d = field.at(x, y), e = carried.at(other.x, other.y);
      EXPECT_NEAR(e.x * 15, d.x * 30, 0.05) << x << ' ' << y;
      EXPECT_NEAR(e.y * 15, d.y * 30, 0.05) << x << ' ' << y;
    }
}

TEST(CarriedTo, IsTheFieldItselfOnTheSameGrid) {
  const Grid grid = grid_at(1000, 5000, 30, 60, 40);
  EXPECT_EQ(carried_to(bent(), grid, grid).local_dx, bent().local_dx);
}

TEST(WriteField, HoldsTheFieldAtPixelCentres) {
  const test::TemporaryFolder folder;
  const Grid grid = grid_at(1000, 5000, 30, 60, 300);
  write_field(folder.file("field.tif"), grid, bent());
  const auto dx = support::read_band(folder.file("field.tif"), 1), dy = support::read_band(folder.file("field.tif"), 2);
  ASSERT_TRUE(dx && dy);
  for (const auto& [x, y] : {std::pair{0, 0}, std::pair{59, 299}, std::pair{17, 255}, std::pair{17, 256}}) {
    const Point d = bent().at(x + 0.5, y + 0.5);
    EXPECT_FLOAT_EQ(dx->image.at(x, y), float(d.x));
    EXPECT_FLOAT_EQ(dy->image.at(x, y), float(d.y));
  }
}

}  // namespace
}  // namespace plotwatch::pipeline
