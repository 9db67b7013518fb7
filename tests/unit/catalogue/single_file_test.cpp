// Single files and band folders, what the request overrides, and every refusal.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "catalogue/catalogue.hpp"
#include "io/atomic_file.hpp"
#include "support/expect_error.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::catalogue {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

const std::string real_data = PLOTWATCH_SOURCE_DIR "/../shared/data/";

SceneRequest request(const std::string& path) {
  SceneRequest r;
  r.path = path;
  return r;
}

std::vector<std::string> roles(const Scene& scene) {
  std::vector<std::string> out;
  for (const SceneBand& b : scene.bands) out.emplace_back(name(b.role));
  return out;
}

TEST(SingleFile, UnderstandsTheTaizhouScene) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  SceneRequest r = request(real_data + "landsat-taizhou/2000TM");
  r.date = Date{2000, 3, 17};
  const Scene scene = describe(r);
  EXPECT_EQ(scene.id, "2000TM");
  EXPECT_EQ(roles(scene), (std::vector<std::string>{"blue", "green", "red", "nir", "swir16", "swir22"}));
  for (std::size_t b = 0; b < 6; ++b) EXPECT_EQ(scene.bands[b].band, static_cast<int>(b) + 1);
  EXPECT_EQ(scene.calibration, Calibration::digital_number);
  EXPECT_EQ(scene.rasters.size(), 1u);
  EXPECT_EQ(scene.grid.width, 400);
  EXPECT_FALSE(describe(request(r.path)).date);
}

TEST(SingleFile, TakesOneBandByRequest) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  SceneRequest r = request(real_data + "sentinel2-pair/tgt_S2A_20160529T153631_T33UUU_sub.jp2");
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { describe(r); }), HasSubstr("band 1 (uint16"));
  r.roles = {{"green", "1"}};
  r.nodata = 0;
  const Scene scene = describe(r);
  EXPECT_EQ(roles(scene), std::vector<std::string>{"green"});
  EXPECT_EQ(scene.date, (Date{2016, 5, 29}));
  EXPECT_EQ(scene.sensor, "Sentinel-2A MSI");
  EXPECT_EQ(scene.bands[0].nodata, 0.0);
  EXPECT_THAT(scene.notes, Contains(HasSubstr("2016-05-29 read from the name")));
}

class MadeFile : public ::testing::Test {
 protected:
  // Four bands by wavelength: blue, green, red, nir.
  std::string make(const std::string& file) {
    io::GeoTiffOptions options;
    options.wavelengths_um = {0.49, 0.56, 0.66, 0.84};
    options.scale = 0.0001;
    test::make_raster(folder.file(file), test::position_samples<std::uint16_t>(32, 24, 4), options);
    return folder.file(file);
  }
  test::TemporaryFolder folder;
};

TEST_F(MadeFile, ObeysEveryOverride) {
  SceneRequest r = request(make("district_20240102.tif"));
  r.roles = {{"swir16", "2"}, {"red", "4"}};
  r.date = Date{2023, 5, 6};
  r.sensor = "Gaofen-2 PMS";
  r.scale = 0.5;
  r.offset = -3;
  r.nodata = 7;
  r.calibration = "surface-reflectance";
  const Scene scene = describe(r);
  // Green and nir gave up their bands, red moved.
  EXPECT_EQ(roles(scene), (std::vector<std::string>{"blue", "red", "swir16"}));
  EXPECT_EQ(scene.find(BandRole::red)->band, 4);
  EXPECT_EQ(scene.find(BandRole::swir16)->band, 2);
  EXPECT_EQ(scene.date, (Date{2023, 5, 6}));
  EXPECT_EQ(scene.sensor, "Gaofen-2 PMS");
  EXPECT_EQ(scene.bands[0].scale, 0.5);
  EXPECT_EQ(scene.bands[0].offset, -3);
  EXPECT_EQ(scene.bands[0].nodata, 7.0);
  EXPECT_EQ(scene.calibration, Calibration::surface_reflectance);
}

TEST_F(MadeFile, TakesAMaskOnAnyGrid) {
  SceneRequest r = request(make("a.tif"));
  io::write_geotiff(folder.file("mask.tif"), test::utm_grid(8, 6, 40),
                    test::position_samples<std::uint8_t>(8, 6, 1).planes(), {});
  r.mask = "mask.tif";
  const Scene scene = describe(r);
  ASSERT_EQ(scene.quality.size(), 1u);
  EXPECT_EQ(scene.quality[0].kind, "mask band");
  EXPECT_EQ(scene.rasters[static_cast<std::size_t>(scene.quality[0].raster)].grid.pixel_width, 40);
  EXPECT_EQ(scene.grid.width, 32);
  const auto floats = test::make_samples<float>(8, 6, 1, [](int, int, int) { return 1.0F; });
  io::write_geotiff(folder.file("float.tif"), test::utm_grid(8, 6, 40), floats.planes(), {});
  r.mask = "float.tif";
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { describe(r); }), HasSubstr("not 8- or 16-bit"));
}

TEST_F(MadeFile, RefusesRequestsThatCannotBe) {
  SceneRequest r = request(make("a.tif"));
  r.roles = {{"purple", "1"}};
  EXPECT_EQ(test::fact_of_error(ExitCode::config, [&] { describe(r); }), "'purple' is no band role");
  r.roles = {{"red", "9"}};
  EXPECT_EQ(test::fact_of_error(ExitCode::input, [&] { describe(r); }), "has no band 9: it has 4");
  r.roles = {{"red", ""}};
  test::fact_of_error(ExitCode::config, [&] { describe(r); });
  r.roles = {{"red", "missing.tif:1"}};
  EXPECT_EQ(test::fact_of_error(ExitCode::input, [&] { describe(r); }), "does not exist");
  r.roles = {};
  r.calibration = "shiny";
  test::fact_of_error(ExitCode::config, [&] { describe(r); });
  test::fact_of_error(ExitCode::input, [&] { describe(request(folder.file("none.tif"))); });
  test::fact_of_error(ExitCode::config, [&] { describe(request("")); });
}

TEST_F(MadeFile, RefusesFilesThatDoNotBelongTogether) {
  SceneRequest r = request(make("a.tif"));
  const auto one = test::position_samples<std::uint16_t>(32, 24, 1);
  io::write_geotiff(folder.file("far.tif"), test::utm_grid(32, 24, 10, 900000), one.planes(), {});
  r.roles = {{"swir16", "far.tif"}};
  EXPECT_THAT(test::fact_of_error(ExitCode::mismatch, [&] { describe(r); }), HasSubstr("covers other ground"));
  Grid other = test::utm_grid(32, 24);
  const std::size_t at = other.crs.wkt.find("\"central_meridian\",117");
  other.crs.wkt.replace(at, 22, "\"central_meridian\",123");
  other.crs.wkt.erase(other.crs.wkt.rfind(",AUTHORITY[\"EPSG\",\"32650\"]"), 26);
  io::write_geotiff(folder.file("zone.tif"), other, one.planes(), {});
  r.roles = {{"swir16", "zone.tif:1"}};
  EXPECT_THAT(test::fact_of_error(ExitCode::mismatch, [&] { describe(r); }), HasSubstr("another file of the scene"));
}

TEST(BandFolder, FindsRolesInNames) {
  const test::TemporaryFolder folder;
  const auto one = test::position_samples<std::uint16_t>(16, 16, 1);
  for (const char* file : {"scene_20230405_red.tif", "scene_20230405_nir.tif", "notes.tif"})
    test::make_raster(folder.file(file), one);
  io::write_file(folder.file("readme.txt"), "no raster");
  const Scene scene = describe(request(folder.path().string()));
  EXPECT_EQ(roles(scene), (std::vector<std::string>{"red", "nir"}));
  EXPECT_EQ(scene.date, (Date{2023, 4, 5}));
  const test::TemporaryFolder empty;
  test::fact_of_error(ExitCode::input, [&] { describe(request(empty.path().string())); });
}

TEST(SceneText, TellsEveryFactInBothForms) {
  const test::TemporaryFolder folder;
  io::GeoTiffOptions options;
  options.wavelengths_um = {0.66};
  test::make_raster(folder.file("a.tif"), test::position_samples<std::uint16_t>(16, 16, 1), options);
  const Scene scene = describe(request(folder.file("a.tif")));
  const nlohmann::json json = nlohmann::json::parse(to_json(scene));
  EXPECT_EQ(json["grid"]["epsg"], 32650);
  EXPECT_EQ(json["bands"][0]["role"], "red");
  EXPECT_EQ(json["date"], nullptr);
  const std::string text = to_text(scene);
  for (const char* part : {"red", "0.660 µm", "UTM zone 50N", "16 x 16", "digital-number", "no cloud mask"})
    EXPECT_THAT(text, HasSubstr(part));
}

}  // namespace
}  // namespace plotwatch::catalogue
