#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/raster.hpp"
#include "io/vector.hpp"
#include "simulate/real_scene.hpp"
#include "simulate/simulate.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::simulate {
namespace {

// Patches of 12 px of three brightnesses with some texture; column 0 to 9 is nodata.
void make_scene(const std::string& path) {
  io::GeoTiffOptions options;
  options.descriptions = {"blue", "green", "red", "nir"};
  options.nodata = 0;
  const auto samples = test::make_samples<std::uint8_t>(160, 140, 4, [](int b, int x, int y) -> int {
    if (x < 10) return 0;
    const int patch = (x / 12 * 7 + y / 12 * 5) % 3, texture = (x * 7 + y * 13 + b) % 5;
    if (b == 3) return (patch == 0 ? 120 : 70) + texture;
    return 40 + 45 * patch + 5 * b + texture;
  });
  test::make_raster(path, samples, options);
}

TEST(Moved, CopiesWholePixelsAndInterpolatesAWaveBetweenThem) {
  RealScene scene;
  scene.grid = test::utm_grid(64, 48);
  scene.bands.assign(1, std::vector<float>(64 * 48));
  scene.valid.assign(64 * 48, 1);
  const auto wave = [](double x, double y) { return 100 + 20 * std::sin(0.3 * x) * std::cos(0.2 * y); };
  for (int y = 0; y < 48; ++y)
    for (int x = 0; x < 64; ++x) scene.bands[0][scene.index(x, y)] = static_cast<float>(wave(x, y));
  const RealScene whole = moved(scene, 3, -2), part = moved(scene, 0.4, -1.3);
  for (int y = 6; y < 42; ++y)
    for (int x = 6; x < 58; ++x) {
      ASSERT_EQ(whole.bands[0][whole.index(x, y)], scene.bands[0][scene.index(x - 3, y + 2)]);
      ASSERT_NEAR(part.bands[0][part.index(x, y)], wave(x - 0.4, y + 1.3), 0.15);
    }
  EXPECT_FALSE(whole.valid[whole.index(2, 20)]);
  EXPECT_TRUE(whole.valid[whole.index(3, 20)]);
}

TEST(WriteImplants, ChangesOnlyWhatTruthSays) {
  test::TemporaryFolder folder;
  make_scene(folder.file("scene.tif"));
  ImplantOptions o;
  o.scene = folder.file("scene.tif");
  o.count = 6;
  o.noise = 0;
  write_implants(folder.path() / "out", o);
  const RealScene scene = read_real_scene(o.scene),
                  before = read_real_scene((folder.path() / "out/before.tif").string()),
                  after = read_real_scene((folder.path() / "out/after.tif").string());
  EXPECT_EQ(before.type, SampleType::uint8);
  EXPECT_EQ(before.bands, scene.bands);
  EXPECT_EQ(after.valid, scene.valid);
  ASSERT_EQ(io::read_vector((folder.path() / "out/truth.gpkg").string()).features.size(), 6U);

  // Truth read through the same reader needs two bands; look at the polygons instead.
  const io::VectorLayer truth = io::read_vector((folder.path() / "out/truth.gpkg").string());
  int changed = 0;
  for (int y = 0; y < 140; ++y)
    for (int x = 0; x < 160; ++x) {
      const Point p = scene.grid.to_map({x + 0.5, y + 0.5});
      bool inside = false, near = false;
      for (const io::Feature& f : truth.features) {
        inside = inside || contains(f.geometry, p);
        const Box box = bounds(f.geometry).expanded(25);
        near = near || (p.x > box.min_x && p.x < box.max_x && p.y > box.min_y && p.y < box.max_y);
      }
      double difference = 0;
      for (std::size_t b = 0; b < 4; ++b)
        difference +=
            std::abs(static_cast<double>(after.bands[b][scene.index(x, y)] - scene.bands[b][scene.index(x, y)]));
      if (!near) {
        ASSERT_EQ(difference, 0) << x << " " << y;
      }
      if (inside && difference > 0) ++changed;
    }
  EXPECT_GT(changed, 6 * 5);
}

TEST(WriteImplants, AreTheSameForTheSameSeedAndKeepToPlots) {
  test::TemporaryFolder folder;
  make_scene(folder.file("scene.tif"));
  io::OutputLayer plots;
  plots.name = "plots";
  plots.crs.wkt = test::utm50n_wkt;
  plots.fields = {{"code", io::FieldType::text, ""}};
  for (int i = 0; i < 5; ++i) {
    io::Feature f;
    const double x = 440300 + 220 * i, y = 4399400;
    f.values = {std::string("P") + std::to_string(i)};
    f.geometry = {{{{x, y}, {x + 200, y}, {x + 200, y + 200}, {x, y + 200}, {x, y}}, {}}};
    plots.features.push_back(f);
  }
  io::write_geopackage(folder.file("plots.gpkg"), {plots});
  ImplantOptions o;
  o.scene = folder.file("scene.tif");
  o.plots = folder.file("plots.gpkg");
  o.count = 3;
  o.shift_x = 0.5;
  write_implants(folder.path() / "a", o);
  write_implants(folder.path() / "b", o);
  for (const char* name : {"before.tif", "after.tif", "truth.tif", "truth.gpkg", "simulation.json"})
    EXPECT_EQ(sha256_file(folder.path() / "a" / name), sha256_file(folder.path() / "b" / name)) << name;
  const io::VectorLayer truth = io::read_vector((folder.path() / "a/truth.gpkg").string());
  ASSERT_EQ(truth.features.size(), 3U);
  for (const io::Feature& f : truth.features)
    for (const Point& p : f.geometry.front().outer) {
      EXPECT_GE(p.y, 4399400 - 1e-6);
      EXPECT_LE(p.y, 4399600 + 1e-6);
    }
}

// Half a shift each way: both dates lose the same detail.
TEST(WriteImplants, ResamplesBothDatesAlike) {
  test::TemporaryFolder folder;
  make_scene(folder.file("scene.tif"));
  ImplantOptions o;
  o.scene = folder.file("scene.tif");
  o.count = 1;
  o.noise = 0;
  o.shift_x = 0.7;
  o.shift_y = -0.3;
  write_implants(folder.path() / "out", o);
  double detail[2] = {0, 0};
  for (int date = 0; date < 2; ++date) {
    const RealScene scene =
        read_real_scene((folder.path() / (date == 0 ? "out/before.tif" : "out/after.tif")).string());
    for (int y = 10; y < 130; ++y)
      for (int x = 20; x < 150; ++x) {
        const auto at = [&](int i, int j) { return static_cast<double>(scene.bands[1][scene.index(i, j)]); };
        detail[date] += std::abs(4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1));
      }
  }
  EXPECT_NEAR(detail[0] / detail[1], 1, 0.03);
}

TEST(WriteImplants, RefusesWhatItCannotDo) {
  test::TemporaryFolder folder;
  make_scene(folder.file("scene.tif"));
  const auto code_of = [&](const ImplantOptions& o) {
    try {
      write_implants(folder.path() / "out", o);
    } catch (const Error& error) {
      return error.code();
    }
    return ExitCode::ok;
  };
  EXPECT_EQ(code_of({}), ExitCode::config);
  ImplantOptions o;
  o.scene = folder.file("nothing.tif");
  EXPECT_EQ(code_of(o), ExitCode::input);
  o.scene = folder.file("scene.tif");
  o.count = 600;
  EXPECT_EQ(code_of(o), ExitCode::config);
  test::make_raster(folder.file("one.tif"),
                    test::make_samples<std::uint8_t>(50, 50, 1, [](int, int x, int) { return x; }));
  o.scene = folder.file("one.tif");
  EXPECT_EQ(code_of(o), ExitCode::input);
}

}  // namespace
}  // namespace plotwatch::simulate
