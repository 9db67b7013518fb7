// The file is a COG with everything inside, the same bytes whatever the threads, and absent when anything fails.
#include "io/cog_writer.hpp"

#include <csignal>
#include <filesystem>

#include <sys/resource.h>

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/raster.hpp"
#include "support/expect_error.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

namespace fs = std::filesystem;
using test::Samples;
using test::TemporaryFolder;

void write(const std::string& path, const Samples<std::uint8_t>& samples, const CogBand& band, int threads,
           int rows_at_once = 100) {
  CogWriter writer(path, test::utm_grid(samples.width, samples.height), band);
  for (int y = 0; y < samples.height; y += rows_at_once)
    writer.write_rows(samples.planes().band(0).sub(0, y, samples.width, std::min(rows_at_once, samples.height - y)));
  writer.finish(threads);
}

std::vector<std::uint8_t> read(GDALRasterBand& band) {
  std::vector<std::uint8_t> values(static_cast<std::size_t>(band.GetXSize()) *
                                   static_cast<std::size_t>(band.GetYSize()));
  EXPECT_EQ(band.RasterIO(GF_Read, 0, 0, band.GetXSize(), band.GetYSize(), values.data(), band.GetXSize(),
                          band.GetYSize(), GDT_Byte, 0, 0, nullptr),
            CE_None);
  return values;
}

TEST(CogWriter, KeepsSamplesAndFacts) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint8_t>(1300, 700, 1);
  CogBand band;
  band.description = "score";
  band.scale = 1.0 / 254;
  band.unit = "1";
  write(folder.file("score.tif"), samples, band, 2);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);

  const RasterInfo info = describe_raster(folder.file("score.tif"));
  EXPECT_EQ(info.grid.width, 1300);
  EXPECT_DOUBLE_EQ(info.grid.left, 440000);
  EXPECT_EQ(info.block_width, 512);
  EXPECT_EQ(info.bands[0].description, "score");
  EXPECT_DOUBLE_EQ(info.bands[0].scale, 1.0 / 254);
  EXPECT_EQ(info.bands[0].nodata, 255.0);
  const GDALDatasetUniquePtr file(GDALDataset::Open(folder.file("score.tif").c_str()));
  EXPECT_STREQ(file->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
  GDALRasterBand& written = *file->GetRasterBand(1);
  EXPECT_STREQ(written.GetUnitType(), "1");
  EXPECT_EQ(read(written), samples.values);
  ASSERT_EQ(written.GetOverviewCount(), 2);
  GDALRasterBand& half = *written.GetOverview(0);
  ASSERT_EQ(half.GetXSize(), 650);
  const auto coarse = read(half);
  for (int y = 0; y < 350; y += 7)
    for (int x = 0; x < 650; x += 3) {
      const int sum = samples.at(0, 2 * x, 2 * y) + samples.at(0, 2 * x + 1, 2 * y) + samples.at(0, 2 * x, 2 * y + 1) +
                      samples.at(0, 2 * x + 1, 2 * y + 1);
      ASSERT_EQ(coarse[static_cast<std::size_t>(y * 650 + x)], (sum + 2) / 4);
    }
}

TEST(CogWriter, WritesColourImages) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint8_t>(1100, 530, 3);
  std::vector<CogBand> bands(3);
  for (CogBand& b : bands) b.nodata = 0;
  bands[0].colour = CogBand::Colour::red;
  bands[1].colour = CogBand::Colour::green;
  bands[2].colour = CogBand::Colour::blue;
  CogWriter writer(folder.file("rgb.tif"), test::utm_grid(1100, 530), bands, CogCompression::deflate);
  for (int y = 0; y < 530; y += 100) writer.write_rows(samples.planes().sub(0, y, 1100, std::min(100, 530 - y)));
  writer.finish(2);

  const GDALDatasetUniquePtr file(GDALDataset::Open(folder.file("rgb.tif").c_str()));
  EXPECT_STREQ(file->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
  EXPECT_STREQ(file->GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE"), "DEFLATE");
  ASSERT_EQ(file->GetRasterCount(), 3);
  EXPECT_EQ(file->GetRasterBand(1)->GetColorInterpretation(), GCI_RedBand);
  EXPECT_EQ(file->GetRasterBand(3)->GetColorInterpretation(), GCI_BlueBand);
  for (int b = 0; b < 3; ++b) {
    const auto values = read(*file->GetRasterBand(b + 1));
    for (int y = 0; y < 530; ++y)
      for (int x = 0; x < 1100; ++x)
        ASSERT_EQ(values[static_cast<std::size_t>(y * 1100 + x)], samples.at(b, x, y)) << b << " " << x << " " << y;
    ASSERT_EQ(file->GetRasterBand(b + 1)->GetOverviewCount(), 2);
    // A pixel of the overview is the mean of those of its four that are not nodata, 0.
    const auto coarse = read(*file->GetRasterBand(b + 1)->GetOverview(0));
    int sum = 0, count = 0;
    for (const auto& [x, y] : {std::pair(200, 100), {201, 100}, {200, 101}, {201, 101}})
      if (const int v = samples.at(b, x, y); v != 0) sum += v, ++count;
    EXPECT_EQ(coarse[50 * 550 + 100], count == 0 ? 0 : (2 * sum + count) / (2 * count));
  }
}

TEST(CogWriter, RefusesRowsOfAnotherNumberOfBands) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint8_t>(20, 20, 2);
  CogWriter writer(folder.file("rgb.tif"), test::utm_grid(20, 20), std::vector<CogBand>(3), CogCompression::deflate);
  EXPECT_THROW(writer.write_rows(samples.planes()), Error);
}

TEST(CogWriter, KeepsCategoriesInsideTheFile) {
  const TemporaryFolder folder;
  const auto samples = test::make_samples<std::uint8_t>(600, 600, 1, [](int, int x, int) { return x < 301 ? 9 : 0; });
  CogBand band;
  band.categorical = true;
  band.categories = {{0, 240, 240, 240, "no change"}, {9, 200, 30, 20, "bare->built"}};
  write(folder.file("t.tif"), samples, band, 1);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
  const GDALDatasetUniquePtr file(GDALDataset::Open(folder.file("t.tif").c_str()));
  GDALRasterBand& written = *file->GetRasterBand(1);
  ASSERT_NE(written.GetColorTable(), nullptr);
  const GDALColorEntry* entry = written.GetColorTable()->GetColorEntry(9);
  EXPECT_EQ(entry->c1, 200);
  EXPECT_EQ(entry->c2, 30);
  EXPECT_EQ(entry->c3, 20);
  EXPECT_STREQ(written.GetMetadataItem("CATEGORY_9"), "bare->built");
  for (const std::uint8_t v : read(*written.GetOverview(0))) ASSERT_TRUE(v == 0 || v == 9);
}

TEST(CogWriter, GivesTheSameBytesForAnyThreadsAndRows) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint8_t>(2100, 1900, 1);
  write(folder.file("one.tif"), samples, {}, 1);
  write(folder.file("four.tif"), samples, {}, 4, 37);
  EXPECT_EQ(read_file(folder.file("one.tif")), read_file(folder.file("four.tif")));
}

TEST(CogWriter, WritesTheSmallest) {
  const TemporaryFolder folder;
  for (const int side : {1, 511, 512, 513}) {
    const auto samples = test::position_samples<std::uint8_t>(side, side, 1);
    write(folder.file("a.tif"), samples, {}, 2);
    const GDALDatasetUniquePtr file(GDALDataset::Open(folder.file("a.tif").c_str()));
    EXPECT_EQ(read(*file->GetRasterBand(1)), samples.values);
    EXPECT_EQ(file->GetRasterBand(1)->GetOverviewCount(), side > 512 ? 1 : 0);
  }
}

TEST(CogWriter, LeavesNothingWithoutFinish) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint8_t>(64, 64, 1);
  {
    CogWriter writer(folder.file("a.tif"), test::utm_grid(64, 64), {});
    writer.write_rows(samples.planes().band(0).sub(0, 0, 64, 32));
    EXPECT_THROW(writer.finish(1), Error);                             // half of the rows are missing
    EXPECT_THROW(writer.write_rows(samples.planes().band(0)), Error);  // too many
    EXPECT_THROW(writer.write_rows(samples.planes().band(0).sub(0, 0, 32, 1)), Error);
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
  EXPECT_THROW(CogWriter(folder.file("a.tif"), Grid{}, {}), Error);
  test::fact_of_error(ExitCode::output, [&] { CogWriter(folder.file("missing/a.tif"), test::utm_grid(8, 8), {}); });
}

// A limit on file size stands for a full disk: the write fails half way in the same manner.
TEST(CogWriter, ReportsAFullDiskAtAnyPoint) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint8_t>(1024, 1024, 1);
  write(folder.file("whole.tif"), samples, {}, 2);
  const auto whole = fs::file_size(folder.file("whole.tif"));
  ASSERT_GT(whole, 1024u * 1024u);  // larger than the rows, so that both writes can be made to fail
  fs::remove(folder.file("whole.tif"));

  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit normal{};
  getrlimit(RLIMIT_FSIZE, &normal);
  for (const rlim_t limit : {rlim_t{1000}, rlim_t{1024 * 1024}, rlim_t{whole - 4096}, rlim_t{whole - 1}}) {
    const rlimit tight{limit, normal.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    test::fact_of_error(ExitCode::output, [&] { write(folder.file("a.tif"), samples, {}, 2); });
    setrlimit(RLIMIT_FSIZE, &normal);
    EXPECT_TRUE(fs::is_empty(folder.path())) << "limit " << limit;
  }
  std::signal(SIGXFSZ, before);
}

}  // namespace
}  // namespace plotwatch::io
