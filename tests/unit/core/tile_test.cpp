#include "core/tile.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

Grid grid(int width, int height) { return {{}, 0, 0, 1, 1, width, height}; }

// How many tile cores each pixel lies in.
std::vector<int> coverage(const Grid& g, const std::vector<Tile>& tiles) {
  std::vector<int> count(static_cast<std::size_t>(g.width) * static_cast<std::size_t>(g.height));
  for (const Tile& tile : tiles)
    for (int y = tile.core.y; y < tile.core.bottom(); ++y)
      for (int x = tile.core.x; x < tile.core.right(); ++x) ++count[static_cast<std::size_t>(y * g.width + x)];
  return count;
}

TEST(Cut, EveryPixelLiesInOneCore) {
  for (const auto& [width, height] : {std::pair{1, 1}, {7, 5}, {8, 8}, {9, 17}, {64, 3}})
    for (const int size : {1, 3, 8, 100})
      for (const int anchor : {0, 1, 5, -3, 1000}) {
        const Grid g = grid(width, height);
        const std::vector<Tile> tiles = cut(g, {size, 2, anchor, -anchor});
        EXPECT_EQ(coverage(g, tiles), std::vector<int>(static_cast<std::size_t>(width * height), 1))
            << width << " x " << height << ", tiles of " << size << ", anchor " << anchor;
        for (const Tile& tile : tiles) {
          EXPECT_TRUE(g.window().contains(tile.core));
          EXPECT_LE(tile.core.width, size);
          EXPECT_LE(tile.core.height, size);
          EXPECT_FALSE(tile.core.empty());
        }
      }
}

TEST(Cut, TilesAreRowMajorAndNumbered) {
  const std::vector<Tile> tiles = cut(grid(5, 4), {3, 0, 0, 0});
  ASSERT_EQ(tiles.size(), 4u);
  EXPECT_EQ(tiles[0].core, (PixelWindow{0, 0, 3, 3}));
  EXPECT_EQ(tiles[1].core, (PixelWindow{3, 0, 2, 3}));
  EXPECT_EQ(tiles[2].core, (PixelWindow{0, 3, 3, 1}));
  EXPECT_EQ(tiles[3].core, (PixelWindow{3, 3, 2, 1}));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(tiles[static_cast<std::size_t>(i)].index, i);
}

TEST(Cut, TheAnchorIsACorner) {
  const std::vector<Tile> tiles = cut(grid(10, 4), {4, 0, 6, 1});
  ASSERT_EQ(tiles.size(), 6u);
  EXPECT_EQ(tiles[0].core, (PixelWindow{0, 0, 2, 1}));
  EXPECT_EQ(tiles[1].core, (PixelWindow{2, 0, 4, 1}));
  EXPECT_EQ(tiles[2].core, (PixelWindow{6, 0, 4, 1}));
  EXPECT_EQ(tiles[3].core, (PixelWindow{0, 1, 2, 3}));
}

TEST(Cut, TheHaloMayReachOutsideTheGrid) {
  const std::vector<Tile> tiles = cut(grid(5, 4), {3, 2, 0, 0});
  EXPECT_EQ(tiles[0].extended, (PixelWindow{-2, -2, 7, 7}));
  EXPECT_EQ(tiles[3].extended, (PixelWindow{1, 1, 6, 5}));
}

TEST(Cut, AnEmptyGridHasNoTiles) {
  EXPECT_TRUE(cut(grid(0, 5), {}).empty());
  EXPECT_TRUE(cut(grid(5, 0), {}).empty());
}

}  // namespace
}  // namespace plotwatch
