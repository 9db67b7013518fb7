#include "kernels/rarity/rarity.hpp"
#include "support/poisoned_planes.hpp"
#include "support/rarity_tables.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

class Rarity : public test::Twin {};

void expect_same(int width, int height, int bands, double holes) {
  auto before = test::random_planes(width, height, bands, 1), after = test::random_planes(width, height, bands, 2);
  auto mask = test::random_mask(width, height, holes, 3);
  test::spoil(before, mask);
  test::spoil(after, mask);
  const test::RarityTables t = test::random_rarity_tables(bands, 4);
  PoisonedPlanes<std::uint8_t> cpu(width, height), twin(width, height);
  rarity(Backend::cpu, before.read(), after.read(), mask.read_view(), t.params(), cpu.view());
  rarity(test::twin_backend(), before.read(), after.read(), mask.read_view(), t.params(), twin.view());
  ASSERT_TRUE(test::same_samples(cpu.view(), twin.view())) << width << " x " << height << ", " << bands << " bands";
  EXPECT_TRUE(twin.padding_untouched());
}

TEST_F(Rarity, GivesTheSameBytesAtEverySize) {
  for (const auto& [width, height] : test::twin_sizes) expect_same(width, height, 4, 0.2);
}

TEST_F(Rarity, GivesTheSameBytesForAnyBandsAndMask) {
  expect_same(65, 9, 1, 0.0);
  expect_same(1030, 3, 6, 0.1);
  expect_same(33, 17, 16, 0.5);
  expect_same(33, 17, 3, 1.0);
}

}  // namespace
}  // namespace plotwatch
