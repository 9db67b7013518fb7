// Landsat products: made ones for every notation and refusal, real ones for the numbers.
#include <cmath>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue.hpp"
#include "catalogue/landsat_metadata.hpp"
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

const QualityTest* test_of(const QualityBand& band, const std::string& meaning) {
  for (const QualityTest& t : band.unusable)
    if (t.meaning == meaning) return &t;
  return nullptr;
}

TEST(LandsatMetadata, ReadsAllNotationsAlike) {
  const std::string odl =
      "GROUP = LANDSAT_METADATA_FILE\n  GROUP = PRODUCT_CONTENTS\n    PROCESSING_LEVEL = \"L2SP\"\n"
      "    COLLECTION_NUMBER = 02\n  END_GROUP = PRODUCT_CONTENTS\n  GROUP = IMAGE_ATTRIBUTES\n"
      "    SPACECRAFT_ID = \"LANDSAT_9\"\n    SUN_ELEVATION = 30.5\n  END_GROUP = IMAGE_ATTRIBUTES\n"
      "END_GROUP = LANDSAT_METADATA_FILE\nEND\n";
  const std::string json = R"({"LANDSAT_METADATA_FILE": {"PRODUCT_CONTENTS": {"PROCESSING_LEVEL": "L2SP",
    "COLLECTION_NUMBER": "02"}, "IMAGE_ATTRIBUTES": {"SPACECRAFT_ID": "LANDSAT_9", "SUN_ELEVATION": "30.5"}}})";
  const std::string xml =
      "<?xml version=\"1.0\"?><LANDSAT_METADATA_FILE><PRODUCT_CONTENTS><PROCESSING_LEVEL>L2SP"
      "</PROCESSING_LEVEL><COLLECTION_NUMBER>02</COLLECTION_NUMBER></PRODUCT_CONTENTS><IMAGE_ATTRIBUTES>"
      "<SPACECRAFT_ID>LANDSAT_9</SPACECRAFT_ID><SUN_ELEVATION>30.5</SUN_ELEVATION></IMAGE_ATTRIBUTES>"
      "</LANDSAT_METADATA_FILE>";
  for (const std::string& text : {odl, json, xml}) {
    const LandsatMetadata metadata = LandsatMetadata::parse(text, "MTL");
    EXPECT_EQ(metadata.product("SPACECRAFT_ID"), "LANDSAT_9");
    EXPECT_EQ(metadata.number("IMAGE_ATTRIBUTES", "SUN_ELEVATION"), 30.5);
    EXPECT_EQ(metadata.collection(), 2);
    EXPECT_TRUE(metadata.surface_reflectance());
    EXPECT_FALSE(metadata.number("IMAGE_ATTRIBUTES", "NOTHING"));
  }
  for (const char* text : {"", "{", "<a>", "hello = world"})
    EXPECT_THROW(LandsatMetadata::parse(text, "MTL"), Error) << text;
}

TEST(Landsat, ReadsAPreCollectionLevel1Product) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  const Scene scene = describe(request(real_data + "landsat8-cloudy"));
  EXPECT_EQ(scene.id, "LC80200392015216LGN00");
  EXPECT_EQ(scene.sensor, "Landsat 8 OLI/TIRS");
  EXPECT_EQ(scene.date, (Date{2015, 8, 4}));
  EXPECT_DOUBLE_EQ(scene.sun_elevation_deg.value(), 64.74360932);
  EXPECT_DOUBLE_EQ(scene.sun_azimuth_deg.value(), 115.87210674);
  EXPECT_EQ(scene.calibration, Calibration::toa_reflectance);
  ASSERT_EQ(scene.bands.size(), 7u);
  const SceneBand* red = scene.find(BandRole::red);
  ASSERT_NE(red, nullptr);
  EXPECT_THAT(red->path, HasSubstr("l8_B4.tif"));
  const double sine = std::sin(64.74360932 * std::acos(-1.0) / 180);
  EXPECT_NEAR(red->scale, 2e-5 / sine, 1e-15);
  EXPECT_NEAR(red->offset, -0.1 / sine, 1e-12);
  EXPECT_EQ(red->nodata, 0.0);
  EXPECT_THAT(scene.find(BandRole::nir)->path, HasSubstr("l8_B5.tif"));
  // The pan band is the finest, on a grid of its own.
  EXPECT_EQ(scene.grid.width, 1254);
  EXPECT_DOUBLE_EQ(scene.grid.pixel_width, 15);
  EXPECT_DOUBLE_EQ(scene.rasters[static_cast<std::size_t>(red->raster)].grid.pixel_width, 30);
  ASSERT_EQ(scene.quality.size(), 1u);
  EXPECT_EQ(scene.quality[0].kind, "Landsat BQA");
  // Clear 20512 carries bit 5 (water): read as a Collection-1 band it would be cloud.
  const QualityTest* cloud = test_of(scene.quality[0], "cloud");
  ASSERT_NE(cloud, nullptr);
  EXPECT_EQ(cloud->first_bit, 14);
  EXPECT_TRUE(cloud->dilate);
  EXPECT_EQ(cloud->hides, QualityTest::Hides::cloud);
  EXPECT_EQ(test_of(scene.quality[0], "cloud shadow"), nullptr);
  EXPECT_THAT(scene.notes, Contains(HasSubstr("no cloud shadow")));
}

TEST(Landsat, ReadsACollection2Level2Product) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  const std::string stem = real_data + "landsat8-c2-l2/LC08_L2SP_008059_20191201_20200825_02_T1_";
  const Scene scene = describe(request(stem + "MTL.txt"));
  EXPECT_EQ(scene.id, "LC08_L2SP_008059_20191201_20200825_02_T1");
  EXPECT_EQ(scene.date, (Date{2019, 12, 1}));
  EXPECT_EQ(scene.calibration, Calibration::surface_reflectance);
  ASSERT_EQ(scene.bands.size(), 6u);
  for (const SceneBand& band : scene.bands) {
    EXPECT_DOUBLE_EQ(band.scale, 2.75e-5);
    EXPECT_DOUBLE_EQ(band.offset, -0.2);
    EXPECT_EQ(band.nodata, 0.0);
  }
  EXPECT_DOUBLE_EQ(scene.grid.pixel_height, 453.57421875);
  ASSERT_EQ(scene.quality.size(), 1u);
  EXPECT_EQ(scene.quality[0].kind, "Landsat QA_PIXEL");
  EXPECT_EQ(test_of(scene.quality[0], "cloud")->first_bit, 3);
  EXPECT_EQ(test_of(scene.quality[0], "cloud shadow")->first_bit, 4);
  // The three notations and the folder tell the same.
  for (const std::string& path : {stem + "MTL.json", stem + "MTL.xml", real_data + "landsat8-c2-l2"}) {
    Scene other = describe(request(path));
    other.source = scene.source;
    EXPECT_EQ(to_json(other), to_json(scene)) << path;
  }
}

TEST(Landsat, SaysWhenNoBandIsInTheFolder) {
  const test::TemporaryFolder folder;
  io::write_file(folder.file("x_MTL.txt"),
                 "GROUP = L1_METADATA_FILE\nGROUP = PRODUCT_METADATA\nSPACECRAFT_ID = \"LANDSAT_8\"\n"
                 "FILE_NAME_BAND_4 = \"LC8_B4.TIF\"\nEND_GROUP = PRODUCT_METADATA\nEND\n");
  const std::string fact = test::fact_of_error(ExitCode::input, [&] { describe(request(folder.path().string())); });
  EXPECT_THAT(fact, HasSubstr("LC8_B4.TIF (not in the folder)"));
  io::write_file(folder.file("y_MTL.txt"), "");
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { describe(request(folder.path().string())); }),
              HasSubstr("2 Landsat products"));
}

TEST(Landsat, TakesDigitalNumbersWhereFactorsAreMissing) {
  const test::TemporaryFolder folder;
  io::write_file(folder.file("x_MTL.txt"),
                 "GROUP = L1_METADATA_FILE\nGROUP = PRODUCT_METADATA\nSPACECRAFT_ID = \"LANDSAT_5\"\n"
                 "SENSOR_ID = \"TM\"\nFILE_NAME_BAND_3 = \"LT5_B3.TIF\"\nEND_GROUP = PRODUCT_METADATA\nEND\n");
  test::make_raster(folder.file("X_b3.tif"), test::position_samples<std::uint8_t>(8, 8, 1));
  const Scene scene = describe(request(folder.path().string()));
  EXPECT_EQ(scene.sensor, "Landsat 5 TM");
  EXPECT_EQ(scene.calibration, Calibration::digital_number);
  ASSERT_NE(scene.find(BandRole::red), nullptr);
  EXPECT_EQ(scene.find(BandRole::red)->scale, 1);
  EXPECT_THAT(scene.notes, Contains(HasSubstr("no reflectance factors")));
}

}  // namespace
}  // namespace plotwatch::catalogue
