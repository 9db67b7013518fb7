#include "kernels/change_vector/change_vector.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class ChangeVector : public test::Twin {};

void expect_same(int width, int height, int bands, int radius, double holes) {
  auto before = test::random_planes(width, height, bands, 1), after = test::random_planes(width, height, bands, 2);
  auto mask = test::random_mask(width, height, holes, 3);
  test::spoil(before, mask);
  test::spoil(after, mask);
  for (const bool squared : {false, true}) {
    PoisonedPlanes<float> cpu(width, height), twin(width, height);
    change_vector(Backend::cpu, before.read(), after.read(), mask.read_view(), radius, cpu.view(), squared);
    change_vector(twin_backend(), before.read(), after.read(), mask.read_view(), radius, twin.view(), squared);
    ASSERT_TRUE(same_samples(cpu.view(), twin.view()))
        << width << " x " << height << ", " << bands << " bands, radius " << radius;
    EXPECT_TRUE(twin.padding_untouched());
  }
}

TEST_F(ChangeVector, GivesTheSameBitsAtEverySize) {
  for (const auto& [width, height] : test::twin_sizes)
    for (const int radius : {0, 1, 2}) expect_same(width, height, 4, radius, 0.3);
}

// 16 bands with a search of 8 pixels do not fit into shared memory.
TEST_F(ChangeVector, GivesTheSameBitsForAnyBandsAndRadius) {
  expect_same(65, 9, 1, 8, 0.1);
  expect_same(65, 9, 3, 1, 0.1);
  expect_same(65, 9, 5, 3, 0.9);
  expect_same(65, 9, 6, 2, 0.1);
  expect_same(33, 17, 16, 8, 0.1);
  expect_same(33, 17, 4, 1, 1.0);
}

}  // namespace
}  // namespace plotwatch
