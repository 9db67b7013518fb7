#include "kernels/morphology/morphology.hpp"

#include <gtest/gtest.h>

#include "support/naive_morphology.hpp"
#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

PoisonedPlanes<std::uint8_t> mask_of(std::vector<const char*> rows) {
  PoisonedPlanes<std::uint8_t> mask(static_cast<int>(std::string(rows[0]).size()), static_cast<int>(rows.size()));
  mask.fill([&](int x, int y, int) { return static_cast<std::uint8_t>(rows[static_cast<std::size_t>(y)][x] == '#'); });
  return mask;
}

TEST(Morphology, DilatesAPointToTheElement) {
  auto in = mask_of({".......", ".......", "...#...", ".......", "......."});
  PoisonedPlanes<std::uint8_t> out(7, 5);
  MorphologyScratch scratch;
  dilate(Backend::cpu, in.read_view(), 2, Element::disk, out.view(), scratch);
  auto disk = mask_of({"...#...", "..###..", ".#####.", "..###..", "...#..."});
  EXPECT_TRUE(test::same_bits(out.view(), disk.view()));
  dilate(Backend::cpu, in.read_view(), 1, Element::square, out.view(), scratch);
  auto square = mask_of({".......", "..###..", "..###..", "..###..", "......."});
  EXPECT_TRUE(test::same_bits(out.view(), square.view()));
}

TEST(Morphology, ErosionIsNotEatenByTheBorder) {
  auto in = mask_of({"######", "######", "#####.", "######"});
  PoisonedPlanes<std::uint8_t> out(6, 4);
  MorphologyScratch scratch;
  erode(Backend::cpu, in.read_view(), 1, Element::square, out.view(), scratch);
  auto want = mask_of({"######", "####..", "####..", "####.."});
  EXPECT_TRUE(test::same_bits(out.view(), want.view()));
}

TEST(Morphology, ClosingFillsAGapAndKeepsEveryPixel) {
  auto in = mask_of({"........", ".##.##..", ".##.##..", "........", ".......#"});
  PoisonedPlanes<std::uint8_t> out(8, 5);
  MorphologyScratch scratch;
  close(Backend::cpu, in.read_view(), 1, Element::square, out.view(), scratch);
  EXPECT_EQ(out(3, 1), 1);
  EXPECT_EQ(out(3, 2), 1);
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 8; ++x) EXPECT_GE(out(x, y), in(x, y));
  close(Backend::cpu, in.read_view(), 1, Element::square, in.view(), scratch);
  EXPECT_TRUE(test::same_bits(in.view(), out.view()));
}

TEST(Morphology, IsTheNaiveFormAtEverySize) {
  MorphologyScratch scratch;  // shared, so that what one call leaves in it cannot show in the next
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 9}, {15, 3}, {63, 5}, {64, 40}, {65, 33}, {129, 7}}) {
    for (const int radius : {0, 1, 2, 3, 7, 16, 40}) {
      for (const auto element : {Element::square, Element::disk}) {
        for (const double share : {0.02, 0.9, 1.0}) {
          auto in = test::random_mask(width, height, share, 3);
          PoisonedPlanes<std::uint8_t> grown(width, height), shrunk(width, height), closed(width, height);
          PoisonedPlanes<std::uint8_t> naive(width, height), naive2(width, height);
          dilate(Backend::cpu, in.read_view(), radius, element, grown.view(), scratch);
          erode(Backend::cpu, in.read_view(), radius, element, shrunk.view(), scratch);
          close(Backend::cpu, in.read_view(), radius, element, closed.view(), scratch);
          test::naive_dilate(in.read_view(), radius, element, naive.view());
          ASSERT_TRUE(test::same_bits(grown.view(), naive.view())) << width << ' ' << radius;
          test::naive_erode(naive.read_view(), radius, element, naive2.view());
          ASSERT_TRUE(test::same_bits(closed.view(), naive2.view())) << width << ' ' << radius;
          test::naive_erode(in.read_view(), radius, element, naive.view());
          ASSERT_TRUE(test::same_bits(shrunk.view(), naive.view())) << width << ' ' << radius;
          ASSERT_TRUE(grown.padding_untouched() && shrunk.padding_untouched() && closed.padding_untouched());
        }
      }
    }
  }
}

TEST(Morphology, DoesNotDependOnTheCutBeyondItsReach) {
  auto in = test::random_mask(90, 80, 0.7, 4);
  PoisonedPlanes<std::uint8_t> whole(90, 80);
  MorphologyScratch scratch;
  constexpr int radius = 3, halo = 2 * radius;
  close(Backend::cpu, in.read_view(), radius, Element::disk, whole.view(), scratch);
  PoisonedPlanes<std::uint8_t> part(40, 30);
  close(Backend::cpu, in.read_view().sub(21, 33, 40, 30), radius, Element::disk, part.view(), scratch);
  EXPECT_TRUE(test::same_bits(part.view().sub(halo, halo, 40 - 2 * halo, 30 - 2 * halo),
                              whole.view().sub(21 + halo, 33 + halo, 40 - 2 * halo, 30 - 2 * halo)));
}

TEST(Morphology, RefusesBadArguments) {
  auto in = test::random_mask(8, 8, 0.5, 1), out = test::random_mask(8, 8, 0.5, 1),
       other = test::random_mask(7, 8, 0, 1);
  MorphologyScratch scratch;
  EXPECT_THROW(dilate(Backend::cpu, in.read_view(), -1, Element::disk, out.view(), scratch), std::invalid_argument);
  EXPECT_THROW(erode(Backend::cpu, in.read_view(), 256, Element::disk, out.view(), scratch), std::invalid_argument);
  EXPECT_THROW(close(Backend::cpu, in.read_view(), 1, Element::disk, other.view(), scratch), std::invalid_argument);
  EXPECT_THROW(dilate(Backend::cpu, in.read_view(), 1, Element::disk, in.view(), scratch), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
