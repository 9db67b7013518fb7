// One scene on the working grid, against plain reads of the file and against pictures known everywhere.
#include "pipeline/scene_reader.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "support/make_raster.hpp"
#include "support/read_band.hpp"
#include "support/temporary_folder.hpp"
#include "unit/pipeline/read_scene.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr double two_pi = 2 * std::numbers::pi;

// Smooth ground: waves of 400 m and 520 m, in metres of UTM zone 50N.
double ground(Point map) {
  return 1000 + 300 * std::sin(two_pi * map.x / 400) + 200 * std::cos(two_pi * (map.y + 0.3 * map.x) / 520);
}

class SceneReaderOnFiles : public ::testing::Test {
 protected:
  template <class T>
  std::string file(const Grid& grid, const test::Samples<T>& samples, const io::GeoTiffOptions& options = {}) {
    const std::string path = folder_.file("scene" + std::to_string(files_++) + ".tif");
    io::write_geotiff(path, grid, samples.planes(), options);
    return path;
  }

  test::TemporaryFolder folder_;
  int files_ = 0;
};

TEST_F(SceneReaderOnFiles, GivesTheSamplesOfTheFileOnItsOwnGridBitByBit) {
  const Grid grid = test::utm_grid(150, 110);
  io::GeoTiffOptions options;
  options.block = 64;
  options.scale = 1e-4;
  options.offset = -0.1;
  const std::string path = file(grid, test::position_samples<std::uint16_t>(150, 110, 2), options);
  const SceneWindow read = read_scene(scene_of(path, 2), {BandRole::red, BandRole::nir}, grid, grid.window());
  for (int b = 0; b < 2; ++b) {
    const auto plain = support::read_band(path, b + 1);
    ASSERT_TRUE(plain);
    for (int y = 0; y < grid.height; ++y)
      for (int x = 0; x < grid.width; ++x) {
        const float expected = static_cast<float>(1e-4) * plain->image.at(x, y) + static_cast<float>(-0.1);
        ASSERT_EQ(std::bit_cast<std::uint32_t>(read.at(b, x, y)), std::bit_cast<std::uint32_t>(expected))
            << b << " " << x << " " << y;
      }
  }
  EXPECT_EQ(std::count(read.usable.begin(), read.usable.end(), 1), grid.window().pixels());
  EXPECT_EQ(std::count(read.cloudless.begin(), read.cloudless.end(), 1), grid.window().pixels());
  EXPECT_EQ(std::count(read.unshadowed.begin(), read.unshadowed.end(), 1), grid.window().pixels());
}

TEST_F(SceneReaderOnFiles, IsNotUsableOutsideTheFile) {
  const Grid grid = test::utm_grid(40, 30);
  const std::string path = file(grid, test::position_samples<std::uint16_t>(40, 30, 1));
  const SceneWindow read = read_scene(scene_of(path), {BandRole::red}, grid, {-20, -10, 80, 50});
  for (int y = -10; y < 40; ++y)
    for (int x = -20; x < 60; ++x) {
      const bool inside = x >= 0 && y >= 0 && x < 40 && y < 30;
      ASSERT_EQ(read.usable_at(x, y), inside) << x << " " << y;
      ASSERT_EQ(std::isnan(read.at(0, x, y)), !inside) << x << " " << y;
    }
}

TEST_F(SceneReaderOnFiles, IsNotUsableFarFromTheFile) {
  const Grid grid = test::utm_grid(40, 30);
  const std::string path = file(grid, test::position_samples<std::uint8_t>(40, 30, 1));
  const SceneWindow read = read_scene(scene_of(path), {BandRole::red}, grid, {5000, 7000, 20, 20});
  EXPECT_EQ(std::count(read.usable.begin(), read.usable.end(), 0), 400);
}

TEST_F(SceneReaderOnFiles, ShiftsExactlyByWholePixels) {
  const Grid grid = test::utm_grid(90, 70);
  const auto samples = test::position_samples<std::uint16_t>(90, 70, 1);
  const std::string path = file(grid, samples);
  const SceneWindow read = read_scene(scene_of(path), {BandRole::red}, grid, grid.window(), shift(5, -3));
  for (int y = 0; y < 70; ++y)
    for (int x = 0; x < 90; ++x) {
      const bool inside = x + 5 < 90 && y - 3 >= 0;
      ASSERT_EQ(read.usable_at(x, y), inside) << x << " " << y;
      if (inside) {
        ASSERT_EQ(read.at(0, x, y), samples.at(0, x + 5, y - 3)) << x << " " << y;
      }
    }
}

TEST_F(SceneReaderOnFiles, LeavesOutNodataOfAnyBand) {
  const Grid grid = test::utm_grid(50, 40);
  io::GeoTiffOptions options;
  options.nodata = 9;
  const auto missing = [](int b, int x, int y) { return (b == 0 && x == 12 && y == 7) || (b == 1 && x > 44); };
  const auto samples = test::make_samples<std::uint16_t>(
      50, 40, 2, [&](int b, int x, int y) { return missing(b, x, y) ? 9 : 100 + x + y; });
  const SceneWindow read =
      read_scene(scene_of(file(grid, samples, options), 2), {BandRole::red, BandRole::nir}, grid, grid.window());
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 50; ++x) {
      const bool usable = !missing(0, x, y) && !missing(1, x, y);
      ASSERT_EQ(read.usable_at(x, y), usable) << x << " " << y;
      if (usable) {
        ASSERT_EQ(read.at(1, x, y), 100 + x + y);
      }
    }
  EXPECT_EQ(std::count(read.cloudless.begin(), read.cloudless.end(), 1), 2000);  // missing is not cloud
}

TEST_F(SceneReaderOnFiles, LeavesOutNaNAndInfinity) {
  const Grid grid = test::utm_grid(30, 20);
  const auto samples = test::make_samples<float>(30, 20, 1, [](int, int x, int y) {
    if (x == 3 && y == 4) return std::numeric_limits<float>::quiet_NaN();
    if (x == 20 && y == 10) return std::numeric_limits<float>::infinity();
    return 0.5f;
  });
  const SceneWindow read = read_scene(scene_of(file(grid, samples)), {BandRole::red}, grid, grid.window());
  EXPECT_FALSE(read.usable_at(3, 4));
  EXPECT_FALSE(read.usable_at(20, 10));
  EXPECT_EQ(std::count(read.usable.begin(), read.usable.end(), 1), 598);
}

TEST_F(SceneReaderOnFiles, GrowsCloudsByTheDilationAndNothingElse) {
  const Grid grid = test::utm_grid(60, 50, 20);
  constexpr std::uint8_t cloud = 2, fill = 1, shadow = 3, halo = 4;
  using Hides = QualityTest::Hides;
  Scene scene = scene_of(file(grid, test::position_samples<std::uint16_t>(60, 50, 1)));
  const std::string quality = file(grid, test::make_samples<std::uint8_t>(60, 50, 1, [](int, int x, int y) {
                                     if (x == 5 && y == 5) return halo;
                                     if (x == 20 && y == 25) return cloud;
                                     if (x == 28 && y == 25) return shadow;
                                     return x == 45 && y == 25 ? fill : std::uint8_t{0};
                                   }));
  const Scene quality_scene = scene_of(quality);
  scene.rasters.push_back(quality_scene.rasters.at(0));
  scene.quality.push_back({quality,
                           1,
                           static_cast<int>(scene.rasters.size()) - 1,
                           "test",
                           {{0, 8, cloud, cloud, "cloud", true, Hides::cloud},
                            {0, 8, shadow, shadow, "cloud shadow", true, Hides::cloud_shadow},
                            {0, 8, halo, halo, "dilated cloud", false, Hides::cloud},
                            {0, 8, fill, fill, "fill", false}}});
  for (const double metres : {0.0, 20.0, 60.0, 95.0}) {
    const SceneWindow read = read_scene(scene, {BandRole::red}, grid, grid.window(), {}, {metres});
    const long radius = std::lround(metres / 20);
    for (int y = 0; y < 50; ++y)
      for (int x = 0; x < 60; ++x) {
        const auto beyond = [&](long from_x) {
          return (x - from_x) * (x - from_x) + (y - 25L) * (y - 25L) > radius * radius;
        };
        const bool cloudless = beyond(20) && !(x == 5 && y == 5), unshadowed = beyond(28);
        ASSERT_EQ(read.cloudless_at(x, y), cloudless) << metres << ": " << x << " " << y;
        ASSERT_EQ(read.unshadowed_at(x, y), unshadowed) << metres << ": " << x << " " << y;
        ASSERT_EQ(read.usable_at(x, y), cloudless && unshadowed && !(x == 45 && y == 25))
            << metres << ": " << x << " " << y;
      }
  }
}

TEST_F(SceneReaderOnFiles, MasksFromAFileOnAnotherGrid) {
  const Grid grid = test::utm_grid(60, 60), coarse = test::utm_grid(10, 10, 60);
  const std::string path = file(grid, test::position_samples<std::uint16_t>(60, 60, 1));
  catalogue::SceneRequest request;
  request.path = path;
  request.roles = {{"red", "1"}};
  request.mask =
      file(coarse, test::make_samples<std::uint8_t>(10, 10, 1, [](int, int x, int y) { return x != 4 || y != 2; }));
  const SceneWindow read = read_scene(catalogue::describe(request), {BandRole::red}, grid, grid.window());
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 60; ++x) ASSERT_EQ(read.usable_at(x, y), x / 6 != 4 || y / 6 != 2) << x << " " << y;
}

TEST_F(SceneReaderOnFiles, LandsInPlaceFromAnotherCrs) {
  const Grid working = test::utm_grid(160, 120);
  const Crs gauss_krueger = io::crs_from_user_input("EPSG:4527");
  const io::CoordinateTransform there(working.crs, gauss_krueger), back(gauss_krueger, working.crs);
  const Grid source = snapped_grid(gauss_krueger, there.apply(working.box()).expanded(100), 10);
  const auto samples = test::make_samples<float>(source.width, source.height, 1, [&](int, int x, int y) {
    return ground(back.apply(source.to_map({x + 0.5, y + 0.5})));
  });
  const SceneWindow read = read_scene(scene_of(file(source, samples)), {BandRole::red}, working, working.window());
  // Least squares for the shift that would explain what is left: difference = gx * dx + gy * dy.
  double xx = 0, xy = 0, yy = 0, dx = 0, dy = 0, worst = 0;
  for (int y = 0; y < working.height; ++y)
    for (int x = 0; x < working.width; ++x) {
      ASSERT_TRUE(read.usable_at(x, y)) << x << " " << y;
      const auto at = [&](double px, double py) { return ground(working.to_map({px, py})); };
      const double gx = at(x + 1, y + 0.5) - at(x, y + 0.5), gy = at(x + 0.5, y + 1) - at(x + 0.5, y);
      const double difference = static_cast<double>(read.at(0, x, y)) - at(x + 0.5, y + 0.5);
      xx += gx * gx, xy += gx * gy, yy += gy * gy, dx += gx * difference, dy += gy * difference;
      worst = std::max(worst, std::abs(difference));
    }
  const double determinant = xx * yy - xy * xy;
  EXPECT_LT(std::abs((yy * dx - xy * dy) / determinant), 0.01);  // px
  EXPECT_LT(std::abs((xx * dy - xy * dx) / determinant), 0.01);
  EXPECT_LT(worst, 2);  // a tenth of a pixel is worth 6
}

TEST_F(SceneReaderOnFiles, AveragesTheAreaOfLargerPixels) {
  const Grid source = test::utm_grid(240, 240), working = test::utm_grid(60, 60, 40);
  const auto checks = test::make_samples<std::uint16_t>(
      240, 240, 2, [](int b, int x, int y) { return b == 0 ? 1000 + 500 * ((x + y) % 2) : 1000 + 10 * x + 4 * y; });
  const SceneWindow read =
      read_scene(scene_of(file(source, checks), 2), {BandRole::red, BandRole::nir}, working, working.window());
  for (int y = 4; y < 56; ++y)
    for (int x = 4; x < 56; ++x) {
      ASSERT_NEAR(read.at(0, x, y), 1250, 1) << x << " " << y;  // single pixels would give 1000 or 1500
      ASSERT_NEAR(read.at(1, x, y), 1000 + 10 * (4 * x + 1.5) + 4 * (4 * y + 1.5), 0.1) << x << " " << y;
    }
}

TEST_F(SceneReaderOnFiles, GivesTheSameBitsHoweverTheWindowIsCut) {
  const Grid working = test::utm_grid(150, 130);
  const Crs gauss_krueger = io::crs_from_user_input("EPSG:4527");
  const io::CoordinateTransform there(working.crs, gauss_krueger);
  DisplacementField field = shift(0.37, -1.21);
  field.a[1] = 2e-4;
  field.b[2] = -3e-4;
  const auto hole = [](int x, int y) { return x % 31 == 5 && y % 23 == 7; };
  for (const Grid& source : {test::utm_grid(150, 130), test::utm_grid(400, 350, 4),
                             snapped_grid(gauss_krueger, there.apply(working.box()), 10)}) {
    const auto samples = test::make_samples<std::uint16_t>(source.width, source.height, 1, [&](int, int x, int y) {
      return hole(x, y) ? 0 : 1 + (x * 7919 + y * 104729) % 50000;
    });
    io::GeoTiffOptions options;
    options.nodata = 0;
    options.block = 64;
    const Scene scene = scene_of(file(source, samples, options));
    const SceneWindow whole = read_scene(scene, {BandRole::red}, working, working.window(), field);
    for (const PixelWindow& part : {PixelWindow{0, 0, 61, 130},
                                    {61, 0, 89, 130},
                                    {0, 0, 150, 1},
                                    {37, 41, 1, 1},
                                    {-9, -7, 50, 40},
                                    {100, 90, 77, 66}}) {
      const SceneWindow cut = read_scene(scene, {BandRole::red}, working, part, field);
      const PixelWindow common = part.intersection(working.window());
      for (int y = common.y; y < common.bottom(); ++y)
        for (int x = common.x; x < common.right(); ++x) {
          ASSERT_EQ(cut.usable_at(x, y), whole.usable_at(x, y)) << x << " " << y;
          if (whole.usable_at(x, y)) {
            ASSERT_EQ(std::bit_cast<std::uint32_t>(cut.at(0, x, y)), std::bit_cast<std::uint32_t>(whole.at(0, x, y)))
                << x << " " << y << " of " << part.x << "," << part.y;
          }
        }
    }
  }
}

}  // namespace
}  // namespace plotwatch::pipeline
