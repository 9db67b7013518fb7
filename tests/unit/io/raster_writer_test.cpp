// What is written is what GDAL reads back, and a failure leaves nothing behind.
#include "io/raster_writer.hpp"

#include <cstring>
#include <filesystem>

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/raster.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

using test::TemporaryFolder;

template <class T>
std::vector<T> read_all(const std::string& path, int width, int height, int bands, GDALDataType type) {
  start_gdal();
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str()));
  std::vector<T> values(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                        static_cast<std::size_t>(bands));
  EXPECT_EQ(dataset->RasterIO(GF_Read, 0, 0, width, height, values.data(), width, height, type, bands, nullptr, 0, 0, 0,
                              nullptr),
            CE_None);
  return values;
}

TEST(WriteGeotiff, KeepsEverySampleOfEveryType) {
  const TemporaryFolder folder;
  for (const int block : {0, 16, 256}) {
    GeoTiffOptions options;
    options.block = block;
    options.deflate = block != 16;
    const auto bytes = test::position_samples<std::uint8_t>(131, 77, 3);
    test::make_raster(folder.file("u8.tif"), bytes, options);
    EXPECT_EQ(read_all<std::uint8_t>(folder.file("u8.tif"), 131, 77, 3, GDT_Byte), bytes.values);
    const auto words = test::position_samples<std::uint16_t>(300, 1, 2);
    test::make_raster(folder.file("u16.tif"), words, options);
    EXPECT_EQ(read_all<std::uint16_t>(folder.file("u16.tif"), 300, 1, 2, GDT_UInt16), words.values);
    const auto floats = test::make_samples<float>(1, 1, 1, [](int, int, int) { return -0.125F; });
    test::make_raster(folder.file("f.tif"), floats, options);
    EXPECT_EQ(read_all<float>(folder.file("f.tif"), 1, 1, 1, GDT_Float32), floats.values);
  }
}

TEST(WriteGeotiff, WritesPartOfALargerArray) {
  const TemporaryFolder folder;
  const auto whole = test::position_samples<std::uint16_t>(40, 30, 2);
  write_geotiff(folder.file("part.tif"), test::utm_grid(7, 5), whole.planes().sub(3, 4, 7, 5), {});
  const auto part = read_all<std::uint16_t>(folder.file("part.tif"), 7, 5, 2, GDT_UInt16);
  for (int b = 0; b < 2; ++b)
    for (int y = 0; y < 5; ++y)
      for (int x = 0; x < 7; ++x)
        ASSERT_EQ(part[static_cast<std::size_t>((b * 5 + y) * 7 + x)], whole.at(b, x + 3, y + 4));
}

TEST(WriteGeotiff, GivesTheSameBytesEachTime) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint16_t>(200, 200, 4);
  test::make_raster(folder.file("a.tif"), samples);
  test::make_raster(folder.file("b.tif"), samples);
  EXPECT_EQ(read_file(folder.file("a.tif")), read_file(folder.file("b.tif")));
}

TEST(WriteGeotiff, LeavesNothingBehindWhenItFails) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint8_t>(8, 8, 1);
  try {
    test::make_raster(folder.file("missing/a.tif"), samples);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::output);
  }
  EXPECT_THROW(write_geotiff(folder.file("a.tif"), test::utm_grid(9, 8), samples.planes(), {}), Error);
  GeoTiffOptions odd;
  odd.block = 100;
  EXPECT_THROW(test::make_raster(folder.file("a.tif"), samples, odd), Error);
  GeoTiffOptions names;
  names.descriptions = {"one", "two"};
  EXPECT_THROW(test::make_raster(folder.file("a.tif"), samples, names), Error);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace plotwatch::io
