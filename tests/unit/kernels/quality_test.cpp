#include "kernels/quality/quality.hpp"

#include <gtest/gtest.h>

#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

TEST(Quality, LooksEveryValueUp) {
  std::vector<std::uint8_t> table(65536);
  for (std::size_t v = 0; v < table.size(); ++v) table[v] = (v & 0x18) == 0;  // Landsat's cloud and shadow bits
  PoisonedPlanes<std::uint16_t> quality(256, 256);
  quality.fill([](int x, int y, int) { return static_cast<std::uint16_t>(y * 256 + x); });
  PoisonedPlanes<std::uint8_t> out(256, 256);
  usable_from_quality(Backend::cpu, quality.read_view(), table, out.view());
  for (int y = 0; y < 256; ++y)
    for (int x = 0; x < 256; ++x) ASSERT_EQ(out(x, y), (x & 0x18) == 0);
  EXPECT_TRUE(out.padding_untouched());
}

TEST(Quality, BytesMayBeTheirOwnOutput) {
  std::vector<std::uint8_t> table(256, 0);
  table[4] = 1;  // Sentinel-2 scene classification: vegetation
  PoisonedPlanes<std::uint8_t> both(5, 1);
  both.fill([](int x, int, int) { return static_cast<std::uint8_t>(x + 2); });
  usable_from_quality(Backend::cpu, both.read_view(), table, both.view());
  for (int x = 0; x < 5; ++x) EXPECT_EQ(both(x, 0), x == 2);
}

TEST(Quality, RefusesAShortTableAndOtherSizes) {
  const std::vector<std::uint8_t> table(256, 1);
  PoisonedPlanes<std::uint16_t> wide(4, 4);
  PoisonedPlanes<std::uint8_t> narrow(4, 4), other(4, 3);
  EXPECT_THROW(usable_from_quality(Backend::cpu, wide.read_view(), table, narrow.view()), std::invalid_argument);
  EXPECT_THROW(usable_from_quality(Backend::cpu, narrow.read_view(), table, other.view()), std::invalid_argument);
  const View<const std::uint8_t> no_data{nullptr, 4, 4, 4};
  EXPECT_THROW(usable_from_quality(Backend::cpu, no_data, table, narrow.view()), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
