// The cache gives what a plain read gives, whatever the layout, the budget and the number of threads; damage is an
// error.
#include "io/block_cache.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/tile.hpp"
#include "io/atomic_file.hpp"
#include "io/cell_reader.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

using test::Samples;
using test::TemporaryFolder;

constexpr std::size_t plenty = std::size_t{1} << 30;

// The first difference between what was read and the formula, or "" (one string, so that threads can report it).
template <class T>
std::string difference(const PixelBuffer& got, const PixelWindow& window, const Samples<T>& truth,
                       const std::vector<int>& bands) {
  const auto planes = got.planes<T>();
  for (int b = 0; b < got.bands(); ++b)
    for (int y = 0; y < window.height; ++y)
      for (int x = 0; x < window.width; ++x) {
        const int fx = window.x + x, fy = window.y + y;
        const bool inside = fx >= 0 && fy >= 0 && fx < truth.width && fy < truth.height;
        const T expected = inside ? truth.at(bands[static_cast<std::size_t>(b)] - 1, fx, fy) : T{0};
        if (planes.band(b)(x, y) != expected)
          return "band " + std::to_string(b) + " column " + std::to_string(fx) + " row " + std::to_string(fy);
      }
  return "";
}

TEST(CellShape, JoinsBlocksToAUsefulSizeAndNeverSplitsOne) {
  EXPECT_EQ(cell_shape({8192, 8192, 512, 512}), (CellShape{512, 512}));
  EXPECT_EQ(cell_shape({8192, 8192, 256, 256}), (CellShape{256, 256}));
  EXPECT_EQ(cell_shape({8192, 8192, 128, 128}), (CellShape{256, 256}));
  EXPECT_EQ(cell_shape({8192, 8192, 96, 64}), (CellShape{288, 256}));
  EXPECT_EQ(cell_shape({10980, 10980, 1024, 1024}), (CellShape{1024, 1024}));
  EXPECT_EQ(cell_shape({5000, 4000, 5000, 1}), (CellShape{5000, 64}));
  EXPECT_EQ(cell_shape({5000, 4000, 5000, 12}), (CellShape{5000, 72}));
  EXPECT_EQ(cell_shape({5000, 4000, 5000, 1, true}), (CellShape{512, 512}));
  EXPECT_EQ(cell_shape({5000, 4000, 128, 128, false, true}), (CellShape{1024, 1024}));
  EXPECT_EQ(cell_shape({100, 30, 256, 256}), (CellShape{100, 30}));
  EXPECT_EQ(cell_shape({1, 1, 1, 1}), (CellShape{1, 1}));
}

TEST(BlockCache, ReadsEveryLayoutAndType) {
  const TemporaryFolder folder;
  const auto words = test::position_samples<std::uint16_t>(700, 610, 3);
  const auto bytes = test::position_samples<std::uint8_t>(700, 610, 2);
  for (const int block : {0, 16, 128, 256, 512, 1024}) {
    for (const bool deflate : {true, false}) {
      GeoTiffOptions options;
      options.block = block;
      options.deflate = deflate;
      test::make_raster(folder.file("w.tif"), words, options);
      test::make_raster(folder.file("b.tif"), bytes, options);
      BlockCache cache(plenty);
      const int w = cache.add(folder.file("w.tif"), {3, 1}), b = cache.add(folder.file("b.tif"), {2});
      EXPECT_EQ(cache.type(w), SampleType::uint16);
      EXPECT_EQ(cache.type(b), SampleType::uint8);
      EXPECT_EQ(cache.extent(w), (PixelWindow{0, 0, 700, 610}));
      PixelBuffer out;
      for (const PixelWindow window : {PixelWindow{0, 0, 700, 610},
                                       {-16, -16, 544, 544},
                                       {650, 600, 100, 100},
                                       {255, 255, 2, 2},
                                       {699, 609, 1, 1},
                                       {300, -5, 1, 700}}) {
        EXPECT_EQ(cache.read(w, window, out), window.intersection({0, 0, 700, 610}));
        EXPECT_EQ(difference(out, window, words, {3, 1}), "") << "block " << block;
        cache.read(b, window, out);
        EXPECT_EQ(difference(out, window, bytes, {2}), "") << "block " << block;
      }
    }
  }
}

TEST(BlockCache, GivesZerosOutsideAndNothingForNothing) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint16_t>(50, 40, 1);
  test::make_raster(folder.file("a.tif"), samples);
  BlockCache cache(plenty);
  const int source = cache.add(folder.file("a.tif"), {1});
  PixelBuffer out;
  EXPECT_TRUE(cache.read(source, {200, 200, 10, 10}, out).empty());
  EXPECT_EQ(difference(out, {200, 200, 10, 10}, samples, {1}), "");
  EXPECT_TRUE(cache.read(source, {5, 5, 0, 7}, out).empty());
  EXPECT_EQ(out.bytes(), 0u);
  EXPECT_EQ(cache.stats().cells_decoded, 0);
}

TEST(BlockCache, ReadsOtherTypesAsFloat) {
  const TemporaryFolder folder;
  write_file(folder.file("a"), std::string("\x01\x00\x00\x00\xff\xff\xff\xff", 8));
  write_file(folder.file("a.hdr"),
             "ENVI\nsamples = 2\nlines = 1\nbands = 1\nheader offset = 0\ndata type = 3\ninterleave = bsq\n"
             "byte order = 0\nmap info = {UTM, 1, 1, 2, 3, 30, 30, 51, North, WGS-84}\n");
  BlockCache cache(plenty);
  const int source = cache.add(folder.file("a"), {1});
  EXPECT_EQ(cache.type(source), SampleType::float32);
  PixelBuffer out;
  cache.read(source, {0, 0, 2, 1}, out);
  EXPECT_EQ(out.planes<float>().band(0)(0, 0), 1.0F);
  EXPECT_EQ(out.planes<float>().band(0)(1, 0), -1.0F);
}

struct ThreadCase {
  std::size_t budget;
  int threads;
};

class BlockCacheThreads : public ::testing::TestWithParam<ThreadCase> {};

TEST_P(BlockCacheThreads, ReadTheSameAndDecodeOnceWhileTheBudgetHolds) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint16_t>(1500, 1100, 2);
  GeoTiffOptions options;
  options.block = 128;
  test::make_raster(folder.file("a.tif"), samples, options);
  BlockCache cache(GetParam().budget);
  const int source = cache.add(folder.file("a.tif"), {1, 2});

  std::vector<Tile> tiles = cut(test::utm_grid(1500, 1100), {200, 24, 0, 0});
  std::shuffle(tiles.begin(), tiles.end(), std::mt19937(7));
  std::atomic<std::size_t> next{0};
  std::vector<std::string> differences(tiles.size());
  std::vector<std::thread> workers;
  for (int t = 0; t < GetParam().threads; ++t)
    workers.emplace_back([&] {
      PixelBuffer out;
      for (std::size_t i; (i = next.fetch_add(1)) < tiles.size();) {
        cache.read(source, tiles[i].extended, out);
        differences[i] = difference(out, tiles[i].extended, samples, {1, 2});
      }
    });
  for (std::thread& worker : workers) worker.join();
  for (const std::string& d : differences) ASSERT_EQ(d, "");

  const BlockCacheStats stats = cache.stats();
  if (GetParam().budget == plenty) {
    EXPECT_EQ(stats.cells_decoded, 6 * 5);
    EXPECT_EQ(stats.cells_decoded_again, 0);
    EXPECT_EQ(stats.samples_decoded, 1500 * 1100 * 2);
    EXPECT_EQ(stats.peak_bytes, 1500u * 1100u * 2u * 2u);
  } else {
    EXPECT_GT(stats.cells_decoded_again, 0);
    // A thread holds one cell at a time, beside the one that it decodes.
    const std::size_t cell = 256 * 256 * 2 * 2;
    EXPECT_LE(stats.peak_bytes, GetParam().budget + static_cast<std::size_t>(2 * GetParam().threads) * cell);
  }
}

INSTANTIATE_TEST_SUITE_P(All, BlockCacheThreads,
                         ::testing::Values(ThreadCase{plenty, 1}, ThreadCase{plenty, 2}, ThreadCase{plenty, 16},
                                           ThreadCase{1, 1}, ThreadCase{1, 8}, ThreadCase{std::size_t{1} << 20, 8}));

TEST(BlockCache, MakesOverviewsByNearestNeighbour) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint16_t>(1000, 600, 2);
  test::make_raster(folder.file("a.tif"), samples);
  BlockCache cache(plenty);
  const int source = cache.add(folder.file("a.tif"), {2, 1});
  PixelBuffer out;
  cache.read_overview(source, 100, out);
  ASSERT_EQ(out.width(), 100);
  ASSERT_EQ(out.height(), 60);
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 100; ++x) {
      ASSERT_EQ(out.planes<std::uint16_t>().band(0)(x, y), samples.at(1, x * 10 + 5, y * 10 + 5));
      ASSERT_EQ(out.planes<std::uint16_t>().band(1)(x, y), samples.at(0, x * 10 + 5, y * 10 + 5));
    }
  cache.read_overview(source, 5000, out);
  EXPECT_EQ(difference(out, {0, 0, 1000, 600}, samples, {2, 1}), "");
}

void expect_damage(const std::string& path, const std::string& what) {
  std::vector<std::string> facts(4);
  try {
    BlockCache cache(plenty);
    const int source = cache.add(path, {1});
    std::vector<std::thread> workers;
    for (std::string& fact : facts)
      workers.emplace_back([&] {
        try {
          PixelBuffer out;
          cache.read(source, cache.extent(source), out);
        } catch (const Error& e) {
          if (e.code() == ExitCode::input && e.where() == path) fact = e.fact();
        }
      });
    for (std::thread& worker : workers) worker.join();
  } catch (const Error& e) {  // refused when it was opened
    EXPECT_EQ(e.code(), ExitCode::input);
    return;
  }
  for (const std::string& fact : facts)
    EXPECT_NE(fact.find("truncated or corrupt"), std::string::npos) << what << ": " << fact;
}

TEST(BlockCache, RefusesTruncatedAndCorruptFiles) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint16_t>(600, 600, 1);
  for (const int block : {0, 128, 256})
    for (const bool deflate : {true, false}) {
      GeoTiffOptions options;
      options.block = block;
      options.deflate = deflate;
      test::make_raster(folder.file("whole.tif"), samples, options);
      const std::string whole = read_file(folder.file("whole.tif"));
      for (const double part : {0.0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.9999}) {
        const auto length = static_cast<std::size_t>(part * double(whole.size()));
        write_file(folder.file("cut.tif"), std::string_view(whole).substr(0, length));
        expect_damage(folder.file("cut.tif"), "block " + std::to_string(block) + " cut at " + std::to_string(part));
      }
      if (!deflate) continue;  // uncompressed samples carry no check
      // libtiff alone lets half of such damage through.
      for (int place = 2; place < 10; ++place) {
        std::string corrupt = whole;
        const std::size_t at = whole.size() * static_cast<std::size_t>(place) / 10;
        for (std::size_t i = 0; i < 4; ++i) corrupt[at + i] = static_cast<char>(~corrupt[at + i]);
        write_file(folder.file("corrupt.tif"), corrupt);
        expect_damage(folder.file("corrupt.tif"), "corrupt, block " + std::to_string(block));
      }
    }
}

TEST(BlockCache, ReadsAFileAgainAfterAFailure) {
  const TemporaryFolder folder;
  const auto samples = test::position_samples<std::uint16_t>(600, 600, 1);
  test::make_raster(folder.file("a.tif"), samples);
  std::string bytes = read_file(folder.file("a.tif"));
  std::filesystem::resize_file(folder.file("a.tif"), bytes.size() - 1000);
  BlockCache cache(plenty);
  const int source = cache.add(folder.file("a.tif"), {1});
  PixelBuffer out;
  for (int i = 0; i < 3; ++i) EXPECT_THROW(cache.read(source, {0, 0, 600, 600}, out), Error);
  EXPECT_NO_THROW(cache.read(source, {0, 0, 100, 100}, out));
}

TEST(BlockCache, RefusesBandsThatAreNotThere) {
  const TemporaryFolder folder;
  test::make_raster(folder.file("a.tif"), test::position_samples<std::uint8_t>(8, 8, 2));
  BlockCache cache(plenty);
  EXPECT_THROW(cache.add(folder.file("a.tif"), {3}), Error);
  EXPECT_THROW(cache.add(folder.file("a.tif"), {0}), Error);
  EXPECT_THROW(cache.add(folder.file("a.tif"), {}), Error);
  EXPECT_THROW(cache.add(folder.file("none.tif"), {1}), Error);
}

TEST(BlockCache, ReadsTruncatedJpeg2000AsAnError) {
  const std::string real = PLOTWATCH_SOURCE_DIR "/../shared/data/sentinel2-pair/tgt_S2A_20160529T153631_T33UUU_sub.jp2";
  if (!std::filesystem::exists(real)) GTEST_SKIP() << "no ../shared/data";
  const TemporaryFolder folder;
  const std::string whole = read_file(real);
  write_file(folder.file("cut.jp2"), std::string_view(whole).substr(0, whole.size() * 6 / 10));
  expect_damage(folder.file("cut.jp2"), "JPEG 2000");
}

}  // namespace
}  // namespace plotwatch::io
