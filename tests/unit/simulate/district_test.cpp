// The files of a simulated district.
#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "io/block_cache.hpp"
#include "io/raster.hpp"
#include "io/vector.hpp"
#include "simulate/simulate.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::simulate {
namespace {

DistrictOptions small() {
  DistrictOptions o;
  o.width = 200;
  o.height = 170;
  o.plots = 20;
  o.construction_share = 0.5;
  return o;
}

template <class T>
std::vector<T> read(const std::string& path, int band = 1) {
  const io::RasterInfo info = io::describe_raster(path);
  io::BlockCache cache(std::size_t{32} << 20);
  const int source = cache.add(path, {band});
  io::PixelBuffer buffer;
  cache.read(source, info.grid.window(), buffer);
  const auto plane = std::as_const(buffer).planes<T>().band(0);
  return {plane.data, plane.data + info.grid.window().pixels()};
}

TEST(WriteDistrict, LeavesFilesThatDescribeThemselves) {
  test::TemporaryFolder folder;
  DistrictOptions o = small();
  o.bands = 6;
  write_district(folder.path(), o);
  const io::RasterInfo before = io::describe_raster(folder.file("before.tif"));
  ASSERT_EQ(before.bands.size(), 6U);
  EXPECT_EQ(before.bands[3].description, "nir");
  EXPECT_DOUBLE_EQ(*before.bands[3].wavelength_um, 0.842);
  EXPECT_EQ(before.bands[0].type, SampleType::uint16);
  EXPECT_EQ(before.bands[0].nodata, 0);
  EXPECT_DOUBLE_EQ(before.bands[0].scale, 1e-4);
  EXPECT_EQ(before.grid.width, 200);
  EXPECT_DOUBLE_EQ(std::fmod(before.grid.left, 10), 0);
  EXPECT_EQ(io::describe_raster(folder.file("after.tif")).grid, before.grid);
  EXPECT_EQ(io::describe_raster(folder.file("truth.tif")).grid, before.grid);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "after_mask.tif"));

  const io::VectorLayer plots = io::read_vector(folder.file("plots.gpkg")),
                        truth = io::read_vector(folder.file("truth.gpkg"));
  EXPECT_EQ(plots.features.size(), 20U);
  EXPECT_THAT(plots.fields, ::testing::ElementsAre("code", "name", "status", "unit", "status_from"));
  EXPECT_EQ(truth.features.size(), 10U);
  for (const io::Feature& feature : plots.features) EXPECT_TRUE(feature.geometry_problem.empty());
  for (const io::Feature& feature : truth.features) EXPECT_TRUE(feature.geometry_problem.empty());

  const auto json = nlohmann::json::parse(io::read_file(folder.path() / "simulation.json"));
  EXPECT_EQ(json["options"]["seed"], 1);
  EXPECT_EQ(json["construction"].size(), 10U);
}

TEST(WriteDistrict, HasNoNodataByChance) {
  test::TemporaryFolder folder;
  DistrictOptions o = small();
  o.noise = 0.1;  // would often fall below zero over water
  write_district(folder.path(), o);
  for (const std::uint16_t sample : read<std::uint16_t>(folder.file("before.tif"))) ASSERT_GT(sample, 0);
}

TEST(WriteDistrict, GivesTheSameBytesForTheSameOptionsAndAnyNumberOfThreads) {
  test::TemporaryFolder a, b, other;
  DistrictOptions o = small();
  o.cloud_share = 0.2;
  o.haze = 0.5;
  o.distortion_px = 1;
  write_district(a.path(), o);
  {
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    write_district(b.path(), o);
  }
  for (const char* name : {"before.tif", "after.tif", "before_mask.tif", "after_mask.tif", "truth.tif", "truth.gpkg",
                           "plots.gpkg", "simulation.json"})
    EXPECT_EQ(sha256_file(a.path() / name), sha256_file(b.path() / name)) << name;
  ++o.seed;
  write_district(other.path(), o);
  EXPECT_NE(sha256_file(a.path() / "before.tif"), sha256_file(other.path() / "before.tif"));
}

TEST(WriteDistrict, TruthAgreesBetweenRasterAndPolygonsAndWithWhatChanged) {
  test::TemporaryFolder folder;
  DistrictOptions o = small();
  o.season_change = 0;
  o.after = {2026, 5, 10};
  o.shift_x = o.shift_y = 0;
  o.noise = 0.002;
  write_district(folder.path(), o);
  const Grid grid = io::describe_raster(folder.file("truth.tif")).grid;
  const auto truth = read<std::uint8_t>(folder.file("truth.tif"));
  const io::VectorLayer polygons = io::read_vector(folder.file("truth.gpkg"));
  double polygon_px = 0;
  for (const io::Feature& f : polygons.features) polygon_px += area(f.geometry) / 100;
  std::int64_t changed = 0;
  for (int y = 0; y < grid.height; ++y)
    for (int x = 0; x < grid.width; ++x) {
      const std::uint8_t label = truth[static_cast<std::size_t>(y * grid.width + x)];
      changed += label == 2 ? 1 : 0;
      bool inside = false;
      for (const io::Feature& f : polygons.features)
        inside = inside || contains(f.geometry, grid.to_map({x + 0.5, y + 0.5}));
      if (label == 1) {
        ASSERT_FALSE(inside) << x << " " << y;
      }
    }
  EXPECT_NEAR(static_cast<double>(changed) / polygon_px, 1, 0.08);

  // What is labelled changed differs far more than what is not.
  double difference[3] = {0, 0, 0}, count[3] = {0, 0, 0};
  for (int band = 1; band <= 4; ++band) {
    const auto before = read<std::uint16_t>(folder.file("before.tif"), band),
               after = read<std::uint16_t>(folder.file("after.tif"), band);
    for (std::size_t i = 0; i < truth.size(); ++i) {
      difference[truth[i]] += std::abs(static_cast<double>(before[i]) - after[i]);
      ++count[truth[i]];
    }
  }
  EXPECT_GT(difference[2] / count[2], 2.0 * difference[1] / count[1]);
}

// Moving the after scene by whole pixels moves its picture: what the sensor sees is rendered, not interpolated.
TEST(WriteDistrict, ShiftIsWhereTheGroundIsFoundInTheAfterScene) {
  test::TemporaryFolder still, moved;
  DistrictOptions o = small();
  o.noise = 0;
  o.shift_x = o.shift_y = 0;
  write_district(still.path(), o);
  o.shift_x = 3;
  o.shift_y = -2;
  write_district(moved.path(), o);
  const auto a = read<std::uint16_t>(still.file("after.tif")), b = read<std::uint16_t>(moved.file("after.tif"));
  for (int y = 10; y < o.height - 10; ++y)
    for (int x = 10; x < o.width - 10; ++x)
      ASSERT_NEAR(a[static_cast<std::size_t>(y * o.width + x)], b[static_cast<std::size_t>((y - 2) * o.width + x + 3)],
                  2)
          << x << " " << y;
  EXPECT_EQ(sha256_file(still.path() / "before.tif"), sha256_file(moved.path() / "before.tif"));
}

TEST(WriteDistrict, ReportsEveryWrongOptionAtOnce) {
  test::TemporaryFolder folder;
  DistrictOptions o = small();
  o.bands = 5;
  o.cloud_share = 2;
  o.after = o.before;
  EXPECT_EQ(o.problems().size(), 3U);
  try {
    write_district(folder.path() / "none", o);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::config);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "none"));
}

}  // namespace
}  // namespace plotwatch::simulate
