// STAC items of several versions, and the same product through its item and through its own metadata.
#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(Stac, GivesTheSameSceneAsTheProductsOwnMetadata) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  const std::string stem = real_data + "landsat8-c2-l2/LC08_L2SP_008059_20191201_20200825_02_T1_";
  SceneRequest item, metadata;
  item.path = stem + "SR_stac.json";
  metadata.path = stem + "MTL.txt";
  Scene a = describe(item);
  const Scene b = describe(metadata);
  a.source = b.source;
  a.notes = b.notes;
  EXPECT_EQ(to_json(a), to_json(b));
}

TEST(Stac, IsFoundInAFolderOfItsOwn) {
  test::TemporaryFolder folder;
  const auto write = [&](const std::string& name, const std::string& id) {
    io::write_file(folder.file(name), R"({"stac_version": "1.0.0", "type": "Feature", "id": ")" + id +
                                          R"(", "properties": {"datetime": "2024-05-06T03:00:00Z"}, "assets":
                   {"red": {"href": "./a.tif", "eo:bands": [{"common_name": "red"}]}}})");
  };
  io::write_geotiff(folder.file("a.tif"), test::utm_grid(16, 16, 10),
                    test::position_samples<std::uint16_t>(16, 16, 1).planes(), {});
  io::write_file(folder.file("notes.json"), "{}");
  write("first.json", "first");
  SceneRequest request;
  request.path = folder.path().string();
  EXPECT_EQ(describe(request).id, "first");
  write("second.json", "second");  // which of the two is meant?
  test::fact_of_error(ExitCode::input, [&] { describe(request); });
}

class StacItem : public ::testing::Test {
 protected:
  void raster(const std::string& file, double pixel = 10) {
    io::write_geotiff(folder.file(file), test::utm_grid(16, 16, pixel),
                      test::position_samples<std::uint16_t>(16, 16, 1).planes(), {});
  }
  Scene scene(const std::string& properties, const std::string& assets) {
    io::write_file(folder.file("item.json"),
                   R"({"stac_version": "1.0.0", "type": "Feature", "id": "an-item", "properties": )" + properties +
                       R"(, "assets": )" + assets + "}");
    SceneRequest request;
    request.path = folder.file("item.json");
    return describe(request);
  }
  test::TemporaryFolder folder;
};

const char* const sentinel_properties =
    R"({"datetime": "2024-05-06T03:00:00Z", "platform": "sentinel-2b", "s2:product_type": "S2MSI2A",
        "view:sun_elevation": 50.5, "view:sun_azimuth": 140})";

std::string asset(const std::string& href, const std::string& common, const std::string& more) {
  return R"({"href": ")" + href + R"(", "eo:bands": [{"common_name": ")" + common + R"("}], )" + more +
         R"("raster:bands": [{"scale": 0.0001, "offset": -0.1, "nodata": 0}]})";
}

std::string assets(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string text;
  for (const auto& [key, value] : entries) text += fmt::format("{}\"{}\": {}", text.empty() ? "" : ", ", key, value);
  return fmt::format("{{{}}}", text);
}

TEST_F(StacItem, PrefersTheFinestBandAndTheTrueNir) {
  for (const char* file : {"red.tif", "nir.tif", "nir08.tif"}) raster(file);
  raster("red_20m.tif", 20);
  const Scene s = scene(sentinel_properties,
                        assets({{"nir08", asset("./nir08.tif", "nir08", R"("gsd": 5, )")},
                                {"nir", asset("./nir.tif", "nir", R"("gsd": 10, )")},
                                {"red_20m", asset("red_20m.tif", "red", R"("gsd": 20, )")},
                                {"red", asset("https://example.org/somewhere/red.tif", "red", R"("gsd": 10, )")}}));
  EXPECT_EQ(s.id, "an-item");
  EXPECT_EQ(s.sensor, "Sentinel-2B MSI");
  EXPECT_EQ(s.date, (Date{2024, 5, 6}));
  EXPECT_EQ(s.sun_elevation_deg, 50.5);
  EXPECT_EQ(s.calibration, Calibration::surface_reflectance);
  EXPECT_EQ(s.find(BandRole::red)->path, folder.file("red.tif"));
  EXPECT_EQ(s.find(BandRole::nir)->path, folder.file("nir.tif"));
  EXPECT_DOUBLE_EQ(s.find(BandRole::red)->offset, -0.1);
  EXPECT_EQ(s.find(BandRole::red)->nodata, 0.0);
}

TEST_F(StacItem, RefusesMixedCalibration) {
  raster("red.tif");
  raster("nir.tif");
  const std::string fact = test::fact_of_error(ExitCode::mismatch, [&] {
    scene(sentinel_properties, assets({{"red", asset("red.tif", "red", "")}, {"nir", R"({"href": "nir.tif"})"}}));
  });
  EXPECT_THAT(fact, HasSubstr("mixes calibrations: red is surface-reflectance, nir is digital-number"));
}

TEST_F(StacItem, BelievesTheCatalogueThatTheOffsetIsGone) {
  raster("red.tif");
  const Scene s =
      scene(R"({"datetime": "2024-05-06", "s2:product_type": "S2MSI2A", "earthsearch:boa_offset_applied": true})",
            assets({{"red", asset("red.tif", "red", "")}}));
  EXPECT_EQ(s.bands[0].offset, 0);
  EXPECT_THAT(s.notes, Contains(HasSubstr("already taken off")));
}

TEST_F(StacItem, ReadsVersionOneOne) {
  raster("b4.tif");
  const Scene s =
      scene(R"({"datetime": "2024-05-06T00:00:00Z", "processing:level": "L2"})",
            R"({"B04": {"href": "b4.tif", "bands": [{"name": "B04", "eo:common_name": "red", "raster:scale": 0.5,
                            "raster:offset": 2}]}})");
  EXPECT_EQ(s.bands[0].role, BandRole::red);
  EXPECT_EQ(s.bands[0].scale, 0.5);
  EXPECT_EQ(s.bands[0].offset, 2);
}

TEST_F(StacItem, NamesItsAssetsWhenNoneHasARole) {
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { scene("{}", R"({"data": {"href": "x.tif"}})"); }),
              HasSubstr("data"));
}

TEST_F(StacItem, LeavesOtherJsonAlone) {
  io::write_file(folder.file("item.json"), "{\"a\": 1}");
  SceneRequest request;
  request.path = folder.file("item.json");
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { describe(request); }),
              HasSubstr("cannot be read as a raster"));
}

}  // namespace
}  // namespace plotwatch::catalogue
