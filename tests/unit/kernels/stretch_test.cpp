#include "kernels/stretch/stretch.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

TEST(Stretch, MapsTheEndsAndTheMiddle) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const float samples[] = {2, 4, 3, -100, 100, -infinity, infinity, std::nanf(""), 3};
  const int want[] = {1, 255, 128, 1, 255, 1, 255, 0, 0};
  PoisonedPlanes<float> in(9, 1);
  in.fill([&](int x, int, int) { return samples[x]; });
  PoisonedPlanes<std::uint8_t> mask(9, 1), out(9, 1);
  mask.fill([](int x, int, int) { return static_cast<std::uint8_t>(x != 8); });
  to_byte(Backend::cpu, in.read_view(), mask.read_view(), {2, 4}, out.view());
  for (int x = 0; x < 9; ++x) EXPECT_EQ(out(x, 0), want[x]) << x;
  EXPECT_TRUE(out.padding_untouched());
}

TEST(Stretch, RoundsAtEverySize) {
  for (const int width : {0, 1, 15, 16, 17, 63, 64, 65, 300}) {
    PoisonedPlanes<float> in(width, 2);
    in.fill([](int x, int y, int) { return 0.01f * static_cast<float>(x) + 0.003f * static_cast<float>(y); });
    auto mask = test::random_mask(width, 2, 0.2, 1);
    test::spoil(in, mask);
    PoisonedPlanes<std::uint8_t> out(width, 2);
    to_byte(Backend::cpu, in.read_view(), mask.read_view(), {0, 2}, out.view());
    for (int y = 0; y < 2; ++y) {
      for (int x = 0; x < width; ++x) {
        if (mask(x, y) == 0)
          ASSERT_EQ(out(x, y), 0);
        else
          ASSERT_NEAR(out(x, y), 1 + 254 * std::fmin(in(x, y) / 2.0, 1.0), 0.501);
      }
    }
  }
}

TEST(Stretch, RefusesBadArguments) {
  auto in = test::random_planes(8, 8, 1, 1), small = test::random_planes(8, 7, 1, 1);
  auto mask = test::random_mask(8, 8, 0, 1);
  PoisonedPlanes<std::uint8_t> out(8, 8);
  const auto run = [&](PoisonedPlanes<float>& samples, Stretch stretch) {
    to_byte(Backend::cpu, samples.read_view(), mask.read_view(), stretch, out.view());
  };
  EXPECT_THROW(run(in, {1, 1}), std::invalid_argument);
  EXPECT_THROW(run(in, {2, 1}), std::invalid_argument);
  EXPECT_THROW(run(in, {0, std::nanf("")}), std::invalid_argument);
  EXPECT_THROW(run(in, {0, std::numeric_limits<float>::infinity()}), std::invalid_argument);
  EXPECT_THROW(run(small, {0, 1}), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
