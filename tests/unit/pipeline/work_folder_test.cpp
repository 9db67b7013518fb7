// What a scan keeps while it runs: nothing that is whole is lost, and nothing that is not whole is taken for it.
#include "pipeline/work_folder.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "io/atomic_file.hpp"
#include "support/expect_error.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::pipeline {
namespace {
namespace fs = std::filesystem;

const std::string key = "0123456789abcdef";

class WorkFolderOnDisk : public ::testing::Test {
 protected:
  WorkFolder open(bool resume, const std::string& with_key = key) {
    return WorkFolder(folder_.path(), grid_, tiles_, with_key, resume);
  }

  static std::uint8_t sample_of(const Tile& tile, int x, int y, int raster) {
    return static_cast<std::uint8_t>((tile.index * 31 + x * 7 + y * 3 + raster * 11) % 251);
  }

  static TileRecord record_of(const Tile& tile) {
    TileRecord r;
    r.tile = tile.index;
    for (int i = 0; i <= tile.index % 3; ++i)
      r.runs.push_back({tile.core.y + i, tile.core.x, tile.core.x + 2 + i, i % 2 == 0});
    if (tile.index % 2 == 1) r.tallies.push_back({tile.index, 40, 30, 10});
    return r;
  }

  // Two values a changed pixel: where it lies.
  static std::vector<float> ground_of(const Tile& tile) {
    std::vector<float> ground;
    for (const ChangeRun& run : record_of(tile).runs)
      for (int x = run.x0; x < run.x1; ++x)
        ground.insert(ground.end(), {static_cast<float>(x), static_cast<float>(run.y)});
    return ground;
  }

  static void finish(WorkFolder& work, const Tile& tile) {
    for (int y = tile.core.y; y < tile.core.bottom(); ++y)
      for (int x = tile.core.x; x < tile.core.right(); ++x) {
        work.score()(x, y) = sample_of(tile, x, y, 0);
        work.transition()(x, y) = sample_of(tile, x, y, 1);
      }
    work.record(tile, record_of(tile), ground_of(tile));
  }

  void finish_all() {
    WorkFolder work = open(false);
    for (const Tile& t : tiles_) finish(work, t);
  }

  // Tiles 0 … count - 1 are there with their pixels, and every other core is empty.
  void expect_first_tiles(const WorkFolder& work, std::size_t count) const {
    ASSERT_EQ(work.finished().size(), count);
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      const Tile& t = tiles_[i];
      if (i < count) {
        EXPECT_EQ(work.finished()[i].tile, t.index);
        EXPECT_EQ(work.finished()[i].runs, record_of(t).runs);
        EXPECT_EQ(work.finished()[i].tallies, record_of(t).tallies);
      }
      for (int y = t.core.y; y < t.core.bottom(); ++y)
        for (int x = t.core.x; x < t.core.right(); ++x) {
          ASSERT_EQ(work.score()(x, y), i < count ? sample_of(t, x, y, 0) : 255);
          ASSERT_EQ(work.transition()(x, y), i < count ? sample_of(t, x, y, 1) : 255);
        }
    }
  }

  // Of every changed pixel of all tiles, whatever the order in which they were finished.
  void expect_ground(WorkFolder& work) const {
    work.take_runs();
    work.let_go();
    for (const Tile& t : tiles_)
      for (const ChangeRun& run : record_of(t).runs) {
        int x = run.x0;
        work.ground().each(run.y, run.x0, run.x1, [&](const float* vector) {
          EXPECT_EQ(vector[0], static_cast<float>(x++));
          EXPECT_EQ(vector[1], static_cast<float>(run.y));
        });
        EXPECT_EQ(x, run.x1);
      }
  }

  std::string ground() const { return (folder_.path() / ".plotwatch/ground.raw").string(); }
  std::string journal() const { return (folder_.path() / ".plotwatch/journal").string(); }
  std::string rasters() const { return (folder_.path() / ".plotwatch/rasters.raw").string(); }

  test::TemporaryFolder folder_;
  Grid grid_ = test::utm_grid(23, 17);
  std::vector<Tile> tiles_ = cut(grid_, {8, 0, 0, 0});
};

TEST_F(WorkFolderOnDisk, StartsWithNothingObserved) {
  const WorkFolder work = open(false);
  EXPECT_TRUE(work.finished().empty());
  for (int y = 0; y < grid_.height; ++y)
    for (int x = 0; x < grid_.width; ++x) {
      ASSERT_EQ(work.score()(x, y), 255);
      ASSERT_EQ(work.transition()(x, y), 255);
    }
}

TEST_F(WorkFolderOnDisk, RestoresWhatWasRecorded) {
  finish_all();
  expect_first_tiles(open(true), tiles_.size());
}

TEST_F(WorkFolderOnDisk, ForgetsEverythingWithoutResume) {
  finish_all();
  expect_first_tiles(open(false), 0);
}

TEST_F(WorkFolderOnDisk, StartsAnewForOtherInputs) {
  finish_all();
  expect_first_tiles(open(true, "another key"), 0);
  expect_first_tiles(open(true), 0);  // what was there under the first key is gone
}

TEST_F(WorkFolderOnDisk, StartsAnewOnAnotherGrid) {
  finish_all();
  grid_ = test::utm_grid(23, 18);
  tiles_ = cut(grid_, {8, 0, 0, 0});
  expect_first_tiles(open(true), 0);
}

TEST_F(WorkFolderOnDisk, RestoresTheWholeRecordsOfAJournalCutAnywhere) {
  finish_all();
  const std::string whole = io::read_file(journal()), pixels = io::read_file(rasters());
  std::size_t before = 0;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    test::write_text(journal(), whole.substr(0, length));
    test::write_text(rasters(), pixels);
    const WorkFolder work = open(true);
    ASSERT_GE(work.finished().size(), before) << length;
    ASSERT_LE(work.finished().size(), before + 1) << length;
    before = work.finished().size();
    expect_first_tiles(work, before);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(before, tiles_.size());
}

TEST_F(WorkFolderOnDisk, GoesOnAfterACutAndRestoresThatToo) {
  finish_all();
  const std::string whole = io::read_file(journal());
  test::write_text(journal(), whole.substr(0, whole.size() * 2 / 3 + 1));
  std::size_t kept = 0;
  {
    WorkFolder work = open(true);
    kept = work.finished().size();
    ASSERT_GT(kept, 0U);
    ASSERT_LT(kept, tiles_.size());
    finish(work, tiles_[kept]);
  }
  expect_first_tiles(open(true), kept + 1);
}

TEST_F(WorkFolderOnDisk, KeepsWhatIsWholeBeforeAFlippedByteOfTheJournal) {
  finish_all();
  const std::string whole = io::read_file(journal()), pixels = io::read_file(rasters());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x20);
    test::write_text(journal(), flipped);
    test::write_text(rasters(), pixels);
    const WorkFolder work = open(true);
    ASSERT_LT(work.finished().size(), tiles_.size()) << at;
    expect_first_tiles(work, work.finished().size());
    if (HasFatalFailure()) return;
  }
}

TEST_F(WorkFolderOnDisk, DropsTheTileUnderAFlippedPixel) {
  finish_all();
  const Tile& broken = tiles_[4];
  const std::size_t plane = static_cast<std::size_t>(grid_.width * grid_.height);
  const auto pixel = static_cast<std::size_t>((broken.core.y + 1) * grid_.width + broken.core.x + 2);
  for (const std::size_t at : {pixel, plane + pixel}) {
    std::string pixels = io::read_file(rasters());
    pixels[at] = static_cast<char>(pixels[at] ^ 1);
    test::write_text(rasters(), pixels);
    {
      WorkFolder work = open(true);
      ASSERT_EQ(work.finished().size(), tiles_.size() - 1);
      for (const TileRecord& r : work.finished()) EXPECT_NE(r.tile, broken.index);
      EXPECT_EQ(work.score()(broken.core.x, broken.core.y), 255);
      finish(work, broken);  // runs again
    }
    EXPECT_EQ(open(true).finished().size(), tiles_.size());
  }
}

TEST_F(WorkFolderOnDisk, FindsTheSamplesOfChangedPixels) {
  {
    WorkFolder work = open(false);
    for (auto t = tiles_.rbegin(); t != tiles_.rend(); ++t) finish(work, *t);
    expect_ground(work);
  }
  WorkFolder again = open(true);
  ASSERT_EQ(again.finished().size(), tiles_.size());
  expect_ground(again);
}

// Joined runs go on in the next tile, whose samples lie elsewhere.
TEST_F(WorkFolderOnDisk, FindsSamplesAcrossTheSeamOfTiles) {
  WorkFolder work = open(false);
  work.record(tiles_[1], {tiles_[1].index, {{3, 8, 11}}, {}}, std::vector<float>{8, 9, 10});
  work.record(tiles_[0], {tiles_[0].index, {{3, 5, 8}, {4, 0, 1}}, {}}, std::vector<float>{5, 6, 7, 100});
  work.take_runs();
  std::vector<float> seen;
  work.ground().each(3, 6, 10, [&](const float* vector) { seen.push_back(*vector); });
  EXPECT_EQ(seen, (std::vector<float>{6, 7, 8, 9}));
}

TEST_F(WorkFolderOnDisk, DropsTheTileWhoseSamplesAreCutShortAndWritesOverThem) {
  finish_all();
  const std::string whole = io::read_file(ground());
  test::write_text(ground(), whole.substr(0, whole.size() - 1));
  WorkFolder work = open(true);
  expect_first_tiles(work, tiles_.size() - 1);
  finish(work, tiles_.back());
  expect_ground(work);
}

TEST_F(WorkFolderOnDisk, DropsTheTileWithAFlippedSample) {
  finish_all();
  std::string bytes = io::read_file(ground());
  bytes[1] = static_cast<char>(bytes[1] ^ 1);  // of tile 0
  test::write_text(ground(), bytes);
  WorkFolder work = open(true);
  ASSERT_EQ(work.finished().size(), tiles_.size() - 1);
  EXPECT_EQ(work.finished().front().tile, tiles_[1].index);
}

TEST_F(WorkFolderOnDisk, RefusesSamplesThatDoNotFitTheRuns) {
  WorkFolder work = open(false);
  work.record(tiles_[0], {tiles_[0].index, {{0, 0, 3}}, {}}, std::vector<float>{1, 2, 3, 4});
  EXPECT_THROW(work.take_runs(), Error);
}

TEST_F(WorkFolderOnDisk, StartsAnewWhenTheRastersAreCutShort) {
  finish_all();
  test::write_text(rasters(), io::read_file(rasters()).substr(0, 100));
  expect_first_tiles(open(true), 0);
}

TEST_F(WorkFolderOnDisk, IsLockedWhileItIsOpen) {
  {
    const WorkFolder first = open(false);
    EXPECT_EQ(test::fact_of_error(ExitCode::output, [&] { open(true); }), "another scan is writing here");
  }
  open(true);
}

TEST_F(WorkFolderOnDisk, CannotBeMadeWhereAFileLies) {
  test::write_text(folder_.file(".plotwatch"), "in the way");
  test::fact_of_error(ExitCode::output, [&] { open(false); });
}

TEST_F(WorkFolderOnDisk, IsGoneWhenTheScanIsComplete) {
  WorkFolder work = open(false);
  work.remove();
  EXPECT_FALSE(fs::exists(folder_.path() / ".plotwatch"));
}

}  // namespace
}  // namespace plotwatch::pipeline
