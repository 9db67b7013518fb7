// Both scenes of a pair: the before scene as it lies, the after scene through the field.
#include "pipeline/pair_reader.hpp"

#include <gtest/gtest.h>

#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"
#include "unit/pipeline/read_scene.hpp"

namespace plotwatch::pipeline {
namespace {

TEST(PairReader, MovesTheAfterSceneAloneAndJoinsTheMasks) {
  const test::TemporaryFolder folder;
  const Grid grid = test::utm_grid(70, 50);
  const auto before = test::position_samples<std::uint16_t>(70, 50, 2);
  auto after = test::position_samples<std::uint16_t>(70, 50, 2);
  for (auto& v : after.values) v = static_cast<std::uint16_t>(v / 2 + 1);
  auto holed = before;
  holed.values[20 * 70 + 30] = 0;  // red at (30, 20)
  io::GeoTiffOptions options;
  options.nodata = 0;
  test::make_raster(folder.file("before.tif"), holed, options);
  test::make_raster(folder.file("after.tif"), after, options);

  Inputs in;
  in.before = scene_of(folder.file("before.tif"), 2);
  in.after = scene_of(folder.file("after.tif"), 2);
  in.roles = {BandRole::red, BandRole::nir};
  in.grid = grid;
  io::BlockCache cache(std::size_t{16} << 20);
  const PairReader reader(in, in.roles, cache, {});
  PairReader::Worker worker(reader);
  PairTile tile;
  const PixelWindow window{-4, 5, 60, 40};
  for (int repeat = 0; repeat < 2; ++repeat) {  // what an earlier read left must not matter
    reader.read(window, shift(2, 3), tile, worker);
    ASSERT_EQ(tile.window, window);
    for (int y = 0; y < window.height; ++y)
      for (int x = 0; x < window.width; ++x) {
        const int gx = x + window.x, gy = y + window.y;
        const bool before_there = gx >= 0 && !(gx == 30 && gy == 20), after_there = gx + 2 >= 0 && gy + 3 < 50;
        ASSERT_EQ(tile.before_usable(x, y), before_there) << gx << " " << gy;
        ASSERT_EQ(tile.after_usable(x, y), after_there) << gx << " " << gy;
        ASSERT_EQ(tile.usable(x, y), before_there && after_there);
        ASSERT_EQ(tile.cloudless(x, y), 1);
        ASSERT_EQ(tile.unshadowed(x, y), 1);
        for (int b = 0; b < 2; ++b) {
          if (before_there) {
            ASSERT_EQ(tile.before.band(b)(x, y), before.at(b, gx, gy));
          }
          if (after_there) {
            ASSERT_EQ(tile.after.band(b)(x, y), after.at(b, gx + 2, gy + 3));
          }
        }
      }
    PairTile other;
    reader.read({0, 0, 9, 9}, {}, repeat == 0 ? tile : other, worker);
  }
}

}  // namespace
}  // namespace plotwatch::pipeline
