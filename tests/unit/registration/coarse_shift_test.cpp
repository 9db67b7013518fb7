#include <gtest/gtest.h>

#include "support/register_pair.hpp"
#include "support/texture.hpp"

namespace plotwatch::registration {
namespace {

using namespace plotwatch::support;

const Texture texture(17);

struct WholeShift : testing::TestWithParam<std::tuple<int, int, int>> {};

TEST_P(WholeShift, IsFoundWithoutAHint) {
  const auto [size, dx, dy] = GetParam();
  const Image before = texture.image(size, size), after = texture.image(size, size, dx + 0.2, dy - 0.3);
  const CoarseShift shift = coarse_shift(window_pair(before, after), {});
  EXPECT_EQ(shift.dx, dx);
  EXPECT_EQ(shift.dy, dy);
  EXPECT_GT(shift.reliability, 0.2);
}

INSTANTIATE_TEST_SUITE_P(SizesAndShifts, WholeShift,
                         testing::Values(std::tuple{160, 0, 0}, std::tuple{160, 37, -51}, std::tuple{300, -64, 64},
                                         std::tuple{801, -17, 33}, std::tuple{1000, 64, -63}));

TEST(CoarseShift, SeesPastMasksThatMove) {
  Image before = texture.image(300, 300), after = texture.image(300, 300, 21, -13);
  for (int y = 0; y < 300; ++y)
    for (int x = 0; x < 300; ++x) {
      if (x + y < 150) before.mask(x, y) = 0, before.at(x, y) = 0;
      if (x > 180) after.mask(x, y) = 0, after.at(x, y) = 0;
    }
  const CoarseShift shift = coarse_shift(window_pair(before, after), {});
  EXPECT_EQ(shift.dx, 21);
  EXPECT_EQ(shift.dy, -13);
  EXPECT_GT(shift.reliability, 0.2);
}

TEST(CoarseShift, IsNotTrustedWhereNothingMatches) {
  known::Normal random(11);
  for (int trial = 0; trial < 5; ++trial) {
    Image before(256, 256), after(256, 256);
    for (float& v : before.samples) v = float(random());
    for (float& v : after.samples) v = float(random());
    EXPECT_LT(coarse_shift(window_pair(before, after), {}).reliability, RegistrationOptions{}.min_reliability);
  }
}

TEST(CoarseShift, IsNotTrustedWithoutTextureOrUsablePixels) {
  const Image flat(200, 200, 5), good = texture.image(200, 200);
  EXPECT_EQ(coarse_shift(window_pair(flat, good), {}).reliability, 0);
  Image masked = good;
  std::fill(masked.usable.begin(), masked.usable.end(), std::uint8_t{0});
  EXPECT_EQ(coarse_shift(window_pair(good, masked), {}).reliability, 0);
}

TEST(CoarseShift, LooksNoFurtherThanAsked) {
  RegistrationOptions options;
  options.max_shift = 16;
  const Image before = texture.image(200, 200), after = texture.image(200, 200, 30, 0);
  const CoarseShift shift = coarse_shift(window_pair(before, after), options);
  EXPECT_LE(std::abs(shift.dx), 16);
  EXPECT_LT(shift.reliability, options.min_reliability);
  options.max_shift = 0;
  EXPECT_EQ(coarse_shift(window_pair(before, after), options).reliability, 0);
}

}  // namespace
}  // namespace plotwatch::registration
