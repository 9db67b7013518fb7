// The grid that all tiles of a scan lie on.
#include "pipeline/working_grid.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "support/expect_error.hpp"
#include "support/make_raster.hpp"

namespace plotwatch::pipeline {
namespace {

Scene scene_on(const Grid& grid, const std::string& source = "scene.tif") {
  Scene scene;
  scene.source = source;
  scene.grid = grid;
  return scene;
}

// Distance of an edge from the nearest multiple of the pixel size, in pixels.
double off_lattice(double edge, double pixel) { return std::abs(edge / pixel - std::round(edge / pixel)); }

TEST(WorkingGrid, IsTheSceneItselfWhenBothLieOnOneGrid) {
  const Grid grid = test::utm_grid(200, 100, 10, 440003, 4400007);
  EXPECT_EQ(working_grid(scene_on(grid), scene_on(grid), {}), grid);
}

TEST(WorkingGrid, IsTheCommonPartInThePhaseOfTheBeforeScene) {
  const Grid before = test::utm_grid(200, 100, 10, 440003, 4400007);
  const Grid after = test::utm_grid(200, 100, 10, 440503 + 4, 4399807 + 4);  // 50 px right, 20 px down, and a part
  const Grid grid = working_grid(scene_on(before), scene_on(after), {});
  EXPECT_TRUE(grid.aligned_with(before));
  EXPECT_EQ(before.covering(grid.box()), (PixelWindow{50, 19, 150, 81}));
}

TEST(WorkingGrid, TakesThePixelsOfTheCoarserScene) {
  const Grid fine = test::utm_grid(400, 400, 10, 440000, 4400000);
  const Grid coarse = test::utm_grid(100, 100, 30, 440015, 4399985);
  for (const auto& [before, after] : {std::pair{fine, coarse}, std::pair{coarse, fine}}) {
    const Grid grid = working_grid(scene_on(before), scene_on(after), {});
    EXPECT_DOUBLE_EQ(grid.pixel_width, 30);
    EXPECT_TRUE(grid.aligned_with(coarse));
    EXPECT_EQ(grid.width, 100);
    EXPECT_EQ(grid.height, 100);
  }
}

TEST(WorkingGrid, SnapsToMultiplesOfAPixelSizeThatIsAskedFor) {
  const Grid scene = test::utm_grid(200, 100, 10, 440003, 4400007);
  GridOptions options;
  options.pixel_size = 25;
  const Grid grid = working_grid(scene_on(scene), scene_on(scene), options);
  EXPECT_DOUBLE_EQ(grid.pixel_width, 25);
  EXPECT_LT(off_lattice(grid.left, 25), 1e-9);
  EXPECT_LT(off_lattice(grid.top, 25), 1e-9);
  EXPECT_LE(grid.left, 440003);
  EXPECT_GE(grid.box().max_x, 442003);
}

TEST(WorkingGrid, GivesTheSameGroundTheSamePixelsWhateverTheScenesCover) {
  GridOptions options;
  options.pixel_size = 12.5;
  const Grid a = test::utm_grid(200, 100, 10, 440003, 4400007), b = test::utm_grid(300, 150, 10, 441001, 4400203);
  EXPECT_TRUE(
      working_grid(scene_on(a), scene_on(a), options).aligned_with(working_grid(scene_on(b), scene_on(b), options)));
}

TEST(WorkingGrid, IsInTheCrsOfTheBeforeSceneUnlessAnotherIsAskedFor) {
  const Grid utm = test::utm_grid(200, 200, 10, 440000, 4400000);
  const io::CoordinateTransform to_gauss_krueger(utm.crs, io::crs_from_user_input("EPSG:4527"));
  const Box ground = to_gauss_krueger.apply(utm.box());
  Grid after = snapped_grid(io::crs_from_user_input("EPSG:4527"), ground, 10);
  const Grid grid = working_grid(scene_on(utm), scene_on(after), {});
  EXPECT_TRUE(io::same_crs(grid.crs, utm.crs));
  EXPECT_TRUE(grid.aligned_with(utm));

  GridOptions options;
  options.crs = "EPSG:4527";
  const Grid other = working_grid(scene_on(utm), scene_on(utm), options);
  EXPECT_TRUE(io::same_crs(other.crs, after.crs));
  EXPECT_NEAR(other.pixel_width, 10, 0.01);
  EXPECT_LT(off_lattice(other.left, other.pixel_width), 1e-6);
  EXPECT_NEAR(other.width, 200, 8);  // turned a little: the box around it is larger
}

TEST(WorkingGrid, RefusesScenesThatShareNoGround) {
  const Grid before = test::utm_grid(100, 100), after = test::utm_grid(100, 100, 10, 500000);
  const std::string fact = test::fact_of_error(
      ExitCode::mismatch, [&] { working_grid(scene_on(before, "a.tif"), scene_on(after, "b.tif"), {}); });
  EXPECT_EQ(fact, "the two scenes share no ground");
}

TEST(WorkingGrid, RefusesScenesThatOnlyTouch) {
  const Grid before = test::utm_grid(100, 100), after = test::utm_grid(100, 100, 10, before.box().max_x);
  test::fact_of_error(ExitCode::mismatch, [&] { working_grid(scene_on(before), scene_on(after), {}); });
}

TEST(PixelMetres, IsTheSideOfAPixel) { EXPECT_DOUBLE_EQ(pixel_metres(test::utm_grid(10, 10, 30)), 30); }

}  // namespace
}  // namespace plotwatch::pipeline
