// Clear shares and medians against samples that are known everywhere.
#include "pipeline/nightly/scene_look.hpp"

#include <gtest/gtest.h>

#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"
#include "unit/pipeline/read_scene.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

MultiPolygon square(double left, double top, double side) {
  return {{{{left, top}, {left, top - side}, {left + side, top - side}, {left + side, top}, {left, top}}, {}}};
}

TEST(SceneLook, SharesAndMediansOfThePlotsAlone) {
  const test::TemporaryFolder folder;
  const Grid grid = test::utm_grid(600, 100);  // wider than one reading
  // Nodata west of column 10; 5 everywhere else, but 7 in the plot's other half.
  const auto samples = test::make_samples<std::uint16_t>(600, 100, 1, [](int, int x, int) {
    return x < 10 ? 0 : x < 300 ? 5 : 7;
  });
  io::GeoTiffOptions options;
  options.nodata = 0;
  const std::string path = folder.file("scene.tif");
  io::write_geotiff(path, grid, samples.planes(), options);
  Scene scene = scene_of(path, 1);
  scene.bands[0].nodata = 0;
  scene.date = Date{2026, 6, 1};
  PlotRegister plots;
  plots.crs = grid.crs;
  const auto add = [&](const std::string& code, const MultiPolygon& geometry) {
    Plot p;
    p.code = code;
    p.geometry = geometry;
    plots.plots.push_back(p);
  };
  add("half", square(440000, 4400000, 200));            // columns 0 to 20
  add("wide", square(441000, 4399900, 800));            // columns 100 to 180
  add("partly outside", square(445900, 4400000, 200));  // columns 590 to 610
  add("outside", square(460000, 4400000, 200));
  const SceneLook look = look_at(scene, plots, {});
  EXPECT_EQ(look.date, (Date{2026, 6, 1}));
  ASSERT_EQ(look.clear.size(), 3u);
  EXPECT_FLOAT_EQ(look.clear.at("half"), .5F);
  EXPECT_FLOAT_EQ(look.clear.at("wide"), 1);
  EXPECT_FLOAT_EQ(look.clear.at("partly outside"), .5F);
  EXPECT_NEAR(look.plots_clear_share, (200. + 6400 + 200) / (400 + 6400 + 400), 1e-12);
  ASSERT_EQ(look.median.size(), 1u);
  EXPECT_NEAR(look.median.begin()->second, 5, 1e-6);
}

TEST(SceneLook, OrbitsOfProductNames) {
  EXPECT_EQ(orbit_of("S2A_MSIL2A_20260601T025551_N0510_R032_T50TMK_20260601T064912"), "R032");
  EXPECT_EQ(orbit_of("LC08_L2SP_123032_20260601_20260610_02_T1"), "123032");
  EXPECT_EQ(orbit_of("scene_2026"), "");
}

}  // namespace
}  // namespace plotwatch::pipeline::nightly
