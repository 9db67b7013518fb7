// Describing rasters: made in a temporary folder, and the real ones of ../shared/data where they are.
#include "io/raster.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

using test::TemporaryFolder;

const std::string real_data = PLOTWATCH_SOURCE_DIR "/../shared/data/";

std::string fact_of(const std::string& path) {
  try {
    describe_raster(path);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::input);
    EXPECT_EQ(e.where(), path);
    EXPECT_FALSE(e.advice().empty());
    return e.fact();
  }
  return "no error";
}

// An ENVI file of one uint8 band of 4 x 3 pixels with the given header lines added.
std::string envi(const TemporaryFolder& folder, const std::string& lines, std::size_t bytes = 12) {
  write_file(folder.file("scene"), std::string(bytes, 'a'));
  write_file(folder.file("scene.hdr"),
             "ENVI\nsamples = 4\nlines = 3\nbands = 1\nheader offset = 0\ndata type = 1\n"
             "interleave = bsq\nbyte order = 0\n" +
                 lines);
  return folder.file("scene");
}

const std::string map_info = "map info = {UTM, 1, 1, 203325, 3604935, 30, 20, 51, North, WGS-84, units=Meters}\n";

TEST(DescribeRaster, TellsWhatWasWritten) {
  const TemporaryFolder folder;
  GeoTiffOptions options;
  options.descriptions = {"red", "near infrared"};
  options.wavelengths_um = {0.665, 0.842};
  options.nodata = 0;
  options.scale = 0.0001;
  options.offset = -0.1;
  options.block = 64;
  const auto samples = test::position_samples<std::uint16_t>(100, 70, 2);
  Grid grid = test::utm_grid(100, 70);
  grid.pixel_height = 12.5;
  write_geotiff(folder.file("a.tif"), grid, samples.planes(), options);

  const RasterInfo info = describe_raster(folder.file("a.tif"));
  EXPECT_EQ(info.driver, "GTiff");
  EXPECT_EQ(info.grid.width, 100);
  EXPECT_EQ(info.grid.height, 70);
  EXPECT_DOUBLE_EQ(info.grid.left, 440000);
  EXPECT_DOUBLE_EQ(info.grid.top, 4400000);
  EXPECT_DOUBLE_EQ(info.grid.pixel_width, 10);
  EXPECT_DOUBLE_EQ(info.grid.pixel_height, 12.5);
  EXPECT_NE(info.grid.crs.wkt.find("UTM zone 50N"), std::string::npos);
  EXPECT_EQ(info.block_width, 64);
  EXPECT_EQ(info.block_height, 64);
  EXPECT_FALSE(info.has_overviews);
  ASSERT_EQ(info.bands.size(), 2u);
  EXPECT_EQ(info.bands[0].type, SampleType::uint16);
  EXPECT_EQ(info.bands[0].description, "red");
  EXPECT_EQ(info.bands[1].description, "near infrared");
  EXPECT_EQ(info.bands[1].nodata, 0.0);
  EXPECT_DOUBLE_EQ(info.bands[1].scale, 0.0001);
  EXPECT_DOUBLE_EQ(info.bands[1].offset, -0.1);
  ASSERT_TRUE(info.bands[0].wavelength_um && info.bands[1].wavelength_um);
  EXPECT_DOUBLE_EQ(*info.bands[0].wavelength_um, 0.665);
  EXPECT_DOUBLE_EQ(*info.bands[1].wavelength_um, 0.842);
  EXPECT_EQ(info.metadata.at("AREA_OR_POINT"), "Area");
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.tif.aux.xml")));
}

TEST(DescribeRaster, OpensByContentNotByName) {
  const TemporaryFolder folder;
  test::make_raster(folder.file("a.tif"), test::position_samples<std::uint8_t>(16, 16, 1));
  std::filesystem::rename(folder.file("a.tif"), folder.file("a.jp2"));
  EXPECT_EQ(describe_raster(folder.file("a.jp2")).driver, "GTiff");
}

TEST(DescribeRaster, ReadsWavelengthsInAnyUnit) {
  const TemporaryFolder folder;
  const auto of = [&](const std::string& lines) {
    return describe_raster(envi(folder, map_info + lines)).bands[0].wavelength_um;
  };
  EXPECT_DOUBLE_EQ(of("wavelength units = Micrometers\nwavelength = {0.825}\n").value(), 0.825);
  EXPECT_DOUBLE_EQ(of("wavelength units = Nanometers\nwavelength = {825}\n").value(), 0.825);
  EXPECT_DOUBLE_EQ(of("wavelength = {825}\n").value(), 0.825);
  EXPECT_DOUBLE_EQ(of("wavelength = {0.825}\n").value(), 0.825);
  EXPECT_FALSE(of("wavelength units = Index\nwavelength = {1}\n").has_value());
  EXPECT_FALSE(of("").has_value());
}

TEST(DescribeRaster, RefusesWhatItCannotPlaceOnTheGround) {
  const TemporaryFolder folder;
  EXPECT_EQ(fact_of(folder.file("none.tif")), "does not exist");
  write_file(folder.file("text.tif"), "not a raster at all");
  EXPECT_NE(fact_of(folder.file("text.tif")).find("cannot be read as a raster"), std::string::npos);
  EXPECT_EQ(fact_of(envi(folder, "")), "has neither a coordinate reference system nor a geotransform");
  EXPECT_EQ(fact_of(envi(folder, "map info = {Arbitrary, 1, 1, 10, 20, 30, 30, units=Meters}\n")),
            "is georeferenced but states no coordinate reference system");
  EXPECT_EQ(fact_of(envi(folder, "map info = {UTM, 1, 1, 203325, 3604935, 30, 30, 51, North, WGS-84, rotation=12}\n")),
            "lies on a rotated grid");
  const auto vrt = [&](const std::string& transform) {
    write_file(folder.file("a.vrt"), "<VRTDataset rasterXSize='4' rasterYSize='3'><SRS>EPSG:32650</SRS>" + transform +
                                         "<VRTRasterBand dataType='Byte' band='1'/></VRTDataset>");
    return folder.file("a.vrt");
  };
  EXPECT_EQ(fact_of(vrt("<GeoTransform>1, 10, 0, 2, 0, 10</GeoTransform>")),
            "does not have north up and east right (mirrored or south-up rows)");
  EXPECT_EQ(fact_of(vrt("")), "has no geotransform");
  EXPECT_EQ(fact_of(vrt("<GeoTransform>1, 10, 0, 2, 0, -10</GeoTransform>")), "no error");
}

TEST(DescribeRaster, RefusesAnEnviFileShorterThanItsHeaderSays) {
  const TemporaryFolder folder;
  EXPECT_EQ(fact_of(envi(folder, map_info, 12)), "no error");
  EXPECT_EQ(fact_of(envi(folder, map_info, 11)), "is truncated: 11 bytes, its header asks for 12");
}

TEST(DescribeRaster, UnderstandsTheTaizhouScene) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  const RasterInfo info = describe_raster(real_data + "landsat-taizhou/2000TM");
  EXPECT_EQ(info.driver, "ENVI");
  EXPECT_DOUBLE_EQ(info.grid.left, 203325);
  EXPECT_DOUBLE_EQ(info.grid.top, 3604935);
  EXPECT_DOUBLE_EQ(info.grid.pixel_width, 30);
  ASSERT_EQ(info.bands.size(), 6u);
  const double expected[] = {0.4825, 0.565, 0.66, 0.825, 1.65, 2.22};
  for (std::size_t b = 0; b < 6; ++b) EXPECT_DOUBLE_EQ(info.bands[b].wavelength_um.value(), expected[b]);
}

TEST(DescribeRaster, ReadsJpeg2000AndNonSquarePixels) {
  if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "no ../shared/data";
  const RasterInfo jp2 = describe_raster(real_data + "sentinel2-pair/ref_S2A_20160608T153121_T33UUU_sub.jp2");
  EXPECT_EQ(jp2.driver, "JP2OpenJPEG");
  EXPECT_EQ(jp2.grid.width, 2400);
  EXPECT_TRUE(jp2.has_overviews);
  const RasterInfo landsat =
      describe_raster(real_data + "landsat8-c2-l2/LC08_L2SP_008059_20191201_20200825_02_T1_SR_B4.TIF");
  EXPECT_DOUBLE_EQ(landsat.grid.pixel_width, 444.78515625);
  EXPECT_DOUBLE_EQ(landsat.grid.pixel_height, 453.57421875);
  EXPECT_DOUBLE_EQ(landsat.grid.left, 378285);  // AREA_OR_POINT=Point: half a pixel is already taken off
}

}  // namespace
}  // namespace plotwatch::io
