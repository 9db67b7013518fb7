#include <gtest/gtest.h>

#include "registration/registration.hpp"

namespace plotwatch::registration {
namespace {

TEST(EvenCells, LeaveNoNarrowStrip) {
  const auto cells = even_cells(520, 300, 512);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0], (PixelWindow{0, 0, 260, 300}));
  EXPECT_EQ(cells[1], (PixelWindow{260, 0, 260, 300}));
}

TEST(EvenCells, CoverEveryPixelOnce) {
  std::int64_t pixels = 0;
  for (const PixelWindow& c : even_cells(1021, 517, 128)) {
    pixels += c.pixels();
    EXPECT_LE(c.width, 128);
    EXPECT_GE(c.width, 113);
    EXPECT_LE(c.height, 128);
  }
  EXPECT_EQ(pixels, 1021 * 517);
  EXPECT_EQ(even_cells(512, 512, 512).size(), 1U);
  EXPECT_TRUE(even_cells(0, 10, 512).empty());
}

}  // namespace
}  // namespace plotwatch::registration
