#include "io/png.hpp"

#include <cstring>

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

using test::TemporaryFolder;

// GDAL reads back what libpng wrote.
TEST(Png, KeepsThePicture) {
  constexpr int width = 21, height = 13, stride = 3 * width + 5;  // rows longer than the picture
  std::vector<std::uint8_t> samples(stride * height, 99);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < 3 * width; ++x)
      samples[static_cast<std::size_t>(y * stride + x)] = static_cast<std::uint8_t>(7 * x + 31 * y);
  const std::vector<std::uint8_t> bytes = encode_png({samples.data(), 3 * width, height, stride});
  EXPECT_EQ(bytes, encode_png({samples.data(), 3 * width, height, stride}));

  const TemporaryFolder folder;
  write_file(folder.file("a.png"), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  start_gdal();
  const GDALDatasetUniquePtr png(GDALDataset::Open(folder.file("a.png").c_str()));
  ASSERT_NE(png, nullptr);
  ASSERT_EQ(png->GetRasterCount(), 3);
  ASSERT_EQ(png->GetRasterXSize(), width);
  ASSERT_EQ(png->GetRasterYSize(), height);
  std::vector<std::uint8_t> read(3 * width * height);
  ASSERT_EQ(png->RasterIO(GF_Read, 0, 0, width, height, read.data(), width, height, GDT_Byte, 3, nullptr, 3, 3 * width,
                          1, nullptr),
            CE_None);
  for (int y = 0; y < height; ++y)
    EXPECT_EQ(std::memcmp(&read[static_cast<std::size_t>(3 * width * y)],
                          &samples[static_cast<std::size_t>(stride * y)], 3 * width),
              0)
        << "row " << y;
}

TEST(Png, APictureWithoutPixelsIsRefused) {
  const std::uint8_t sample = 0;
  EXPECT_THROW(encode_png({&sample, 0, 1, 0}), Error);
  EXPECT_THROW(encode_png({&sample, 3, 0, 3}), Error);
  EXPECT_THROW(encode_png({&sample, 1, 1, 1}), Error);
}

}  // namespace
}  // namespace plotwatch::io
