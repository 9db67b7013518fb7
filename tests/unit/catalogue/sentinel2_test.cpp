// Sentinel-2 products: metadata held against a STAC item that another program made of them, and loose band files.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "catalogue/catalogue.hpp"
#include "catalogue/sentinel2_metadata.hpp"
#include "io/atomic_file.hpp"
#include "support/expect_error.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::catalogue {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

const std::string real_data = PLOTWATCH_SOURCE_DIR "/../shared/data/";
const std::string safe_l1c =
    real_data + "sentinel2-safe-metadata/S2A_MSIL1C_20210908T042701_N0301_R133_T46RER_20210908T070248.SAFE/";
const std::string safe_l2a =
    real_data + "sentinel2-safe-metadata/S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE/";

Sentinel2Metadata parse(const std::string& safe, const std::string& product, const std::string& granule) {
  return parse_sentinel2(io::read_file(safe + product), io::read_file(safe + "GRANULE/" + granule + "/MTD_TL.xml"),
                         product);
}

void expect_as_in_item(const Sentinel2Metadata& metadata, const std::string& safe) {
  const nlohmann::json item = nlohmann::json::parse(io::read_file(safe + "expected_output.json"));
  const nlohmann::json& properties = item["properties"];
  EXPECT_EQ(metadata.uri, properties["s2:product_uri"]);
  EXPECT_EQ(metadata.baseline, properties["s2:processing_baseline"]);
  EXPECT_EQ(metadata.platform, "Sentinel-2A");
  EXPECT_EQ(properties["platform"], "sentinel-2a");
  EXPECT_EQ(metadata.date->iso(), properties["datetime"].get<std::string>().substr(0, 10));
  EXPECT_NEAR(metadata.sun_elevation_deg.value(), properties["view:sun_elevation"].get<double>(), 1e-9);
  EXPECT_NEAR(metadata.sun_azimuth_deg.value(), properties["view:sun_azimuth"].get<double>(), 1e-9);
  int checked = 0;
  for (const auto& [key, asset] : item["assets"].items()) {
    if (!asset.contains("eo:bands") || asset["eo:bands"].size() != 1 || key == "visual" || key == "preview") continue;
    const std::string code = asset["eo:bands"][0]["name"];
    EXPECT_NEAR(metadata.scale(), asset["raster:bands"][0]["scale"].get<double>(), 1e-15);
    EXPECT_NEAR(metadata.offset(code), asset["raster:bands"][0]["offset"].get<double>(), 1e-12) << code;
    EXPECT_NEAR(metadata.wavelengths_um.at(code), asset["eo:bands"][0]["center_wavelength"].get<double>(), 0.013)
        << code;  // nominal there
    const std::string href = asset["href"];
    const bool listed = std::any_of(metadata.images.begin(), metadata.images.end(), [&](const Sentinel2Image& image) {
      return image.code == code && href == "./" + image.path + ".jp2";
    });
    EXPECT_TRUE(listed) << href;
    ++checked;
  }
  EXPECT_GE(checked, 12);
}

TEST(Sentinel2Metadata, AgreesWithTheItemOfALevel1CProduct) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  const Sentinel2Metadata metadata = parse(safe_l1c, "MTD_MSIL1C.xml", "L1C_T46RER_A032448_20210908T043714");
  EXPECT_EQ(metadata.level, "1C");
  EXPECT_TRUE(metadata.offsets.empty());
  expect_as_in_item(metadata, safe_l1c);
}

TEST(Sentinel2Metadata, AgreesWithTheItemOfALevel2AProductWithOffset) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  const Sentinel2Metadata metadata = parse(safe_l2a, "MTD_MSIL2A.xml", "L2A_T01KAB_A042640_20230821T221944");
  EXPECT_EQ(metadata.level, "2A");
  EXPECT_EQ(metadata.offsets.size(), 13u);
  EXPECT_DOUBLE_EQ(metadata.offset("B8A"), -0.1);
  expect_as_in_item(metadata, safe_l2a);
}

TEST(Sentinel2Metadata, RefusesWhatIsNoProduct) {
  EXPECT_THROW(parse_sentinel2("", "", "x"), Error);
  EXPECT_THROW(parse_sentinel2("no xml", "", "x"), Error);
  EXPECT_THROW(parse_sentinel2("<a/>", "", "x"), Error);
  const auto product = [](const std::string& baseline, const std::string& offset) {
    return "<n1:P xmlns:n1='u'><Info><PROCESSING_LEVEL>Level-1C</PROCESSING_LEVEL><PROCESSING_BASELINE>" + baseline +
           "</PROCESSING_BASELINE><QUANTIFICATION_VALUE unit='none'>10000</QUANTIFICATION_VALUE>" + offset +
           "</Info></n1:P>";
  };
  EXPECT_NO_THROW(parse_sentinel2(product("03.01", ""), "", "x"));
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { parse_sentinel2(product("05.09", ""), "", "x"); }),
              HasSubstr("no radiometric offset"));
  const auto with =
      parse_sentinel2(product("05.09", "<RADIO_ADD_OFFSET band_id='8'>-1000</RADIO_ADD_OFFSET>"), "", "x");
  EXPECT_DOUBLE_EQ(with.offset("B8A"), -0.1);
  EXPECT_DOUBLE_EQ(with.offset("B08"), 0);
}

// A product folder with small GeoTIFFs under the names that the XML gives.
void make_product(const test::TemporaryFolder& folder, const std::string& level) {
  std::string images;
  const auto image = [&](const std::string& sub, const std::string& file, int side, double pixel) {
    const std::string path = "GRANULE/G/IMG_DATA/" + sub + file;
    images += "<IMAGE_FILE>" + path + "</IMAGE_FILE>";
    std::filesystem::create_directories((folder.path() / path).parent_path());
    io::write_geotiff(folder.file(path + ".jp2"), test::utm_grid(side, side, pixel),
                      test::position_samples<std::uint16_t>(side, side, 1).planes(), {});
  };
  if (level == "2A") {
    image("R10m/", "T_B04_10m", 40, 10);
    image("R20m/", "T_B04_20m", 20, 20);
    image("R20m/", "T_B05_20m", 20, 20);
    image("R20m/", "T_B8A_20m", 20, 20);
    io::write_geotiff(folder.file("GRANULE/G/IMG_DATA/R20m/T_SCL_20m.jp2"), test::utm_grid(20, 20, 20),
                      test::position_samples<std::uint8_t>(20, 20, 1).planes(), {});
    images += "<IMAGE_FILE>GRANULE/G/IMG_DATA/R20m/T_SCL_20m</IMAGE_FILE>";
  } else {
    image("", "T_B04", 40, 10);
    image("", "T_B08", 40, 10);
    image("", "T_B8A", 20, 20);
    images += "<IMAGE_FILE>GRANULE/G/IMG_DATA/T_B11</IMAGE_FILE>";
  }
  io::write_file(
      folder.file("GRANULE/G/MTD_TL.xml"),
      "<t><Mean_Sun_Angle><ZENITH_ANGLE>30</ZENITH_ANGLE><AZIMUTH_ANGLE>140</AZIMUTH_ANGLE></Mean_Sun_Angle></t>");
  const std::string key = level == "2A" ? "BOA_QUANTIFICATION_VALUE" : "QUANTIFICATION_VALUE";
  const std::string offset = level == "2A" ? "BOA_ADD_OFFSET" : "RADIO_ADD_OFFSET";
  std::string offsets;
  for (int id = 0; id < 13; ++id)
    offsets += "<" + offset + " band_id='" + std::to_string(id) + "'>-1000</" + offset + ">";
  io::write_file(folder.file("MTD_MSIL" + level + ".xml"),
                 "<P><I><PRODUCT_URI>S2B_MSIL" + level + "_X.SAFE</PRODUCT_URI><PROCESSING_LEVEL>Level-" + level +
                     "</PROCESSING_LEVEL><PROCESSING_BASELINE>05.10</PROCESSING_BASELINE><SPACECRAFT_NAME>Sentinel-2B"
                     "</SPACECRAFT_NAME><DATATAKE_SENSING_START>2024-05-06T03:00:00.000Z</DATATAKE_SENSING_START>" +
                     images + "<" + key + ">10000</" + key + ">" + offsets + "</I></P>");
}

TEST(Sentinel2, ReadsALevel2AProductWithItsFinestBandsAndClasses) {
  const test::TemporaryFolder folder;
  make_product(folder, "2A");
  SceneRequest request;
  request.path = folder.path().string() + "/";
  const Scene scene = describe(request);
  EXPECT_EQ(scene.id, "S2B_MSIL2A_X");
  EXPECT_EQ(scene.sensor, "Sentinel-2B MSI");
  EXPECT_EQ(scene.date, (Date{2024, 5, 6}));
  EXPECT_EQ(scene.sun_elevation_deg, 60.0);
  EXPECT_EQ(scene.calibration, Calibration::surface_reflectance);
  ASSERT_EQ(scene.bands.size(), 3u);
  EXPECT_THAT(scene.find(BandRole::red)->path, HasSubstr("R10m/T_B04_10m.jp2"));
  EXPECT_THAT(scene.find(BandRole::nir)->path, HasSubstr("B8A"));
  EXPECT_DOUBLE_EQ(scene.find(BandRole::red)->scale, 1e-4);
  EXPECT_DOUBLE_EQ(scene.find(BandRole::red)->offset, -0.1);
  EXPECT_DOUBLE_EQ(scene.grid.pixel_width, 10);
  ASSERT_EQ(scene.quality.size(), 1u);
  EXPECT_EQ(scene.quality[0].kind, "Sentinel-2 SCL");
  std::vector<bool> unusable(12, false);
  for (const QualityTest& t : scene.quality[0].unusable)
    for (std::uint32_t v = t.from; v <= t.to; ++v) unusable[v] = true;
  EXPECT_EQ(unusable, (std::vector<bool>{true, true, false, true, false, false, false, false, true, true, true, true}));
}

TEST(Sentinel2, SaysThatLevel1CHasNoCloudMask) {
  const test::TemporaryFolder folder;
  make_product(folder, "1C");
  SceneRequest request;
  request.path = folder.file("MTD_MSIL1C.xml");
  const Scene scene = describe(request);
  EXPECT_EQ(scene.calibration, Calibration::toa_reflectance);
  EXPECT_EQ(scene.bands.size(), 2u);
  EXPECT_THAT(scene.find(BandRole::nir)->path, HasSubstr("B08"));
  EXPECT_THAT(scene.notes, Contains(HasSubstr("no cloud mask")));
}

TEST(Sentinel2, RefusesAProductWithoutPixels) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  SceneRequest request;
  request.path = safe_l2a;
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { describe(request); }),
              HasSubstr("B04 (no file in the product)"));
}

TEST(Sentinel2, ReadsAFolderOfLooseBands) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  SceneRequest request;
  request.path = real_data + "sentinel2-20m";
  request.date = Date{2016, 1, 12};
  const Scene scene = describe(request);
  EXPECT_EQ(scene.date, (Date{2016, 1, 12}));
  EXPECT_EQ(scene.calibration, Calibration::digital_number);
  ASSERT_EQ(scene.bands.size(), 4u);
  EXPECT_THAT(scene.find(BandRole::red_edge)->path, HasSubstr("s2_B05.jp2"));
  EXPECT_THAT(scene.find(BandRole::nir)->path, HasSubstr("s2_B8A.jp2"));
  EXPECT_THAT(scene.find(BandRole::swir16)->path, HasSubstr("s2_B11.jp2"));
  EXPECT_THAT(scene.find(BandRole::swir22)->path, HasSubstr("s2_B12.jp2"));
  EXPECT_EQ(scene.grid.width, 967);
  EXPECT_THAT(scene.notes, Contains(HasSubstr("offset")));
}

}  // namespace
}  // namespace plotwatch::catalogue
