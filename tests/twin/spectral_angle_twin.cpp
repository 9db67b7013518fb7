#include "kernels/spectral_angle/spectral_angle.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

class SpectralAngle : public test::Twin {};

void expect_same(int width, int height, int bands, int radius, double holes) {
  auto before = test::random_planes(width, height, bands, 1), after = test::random_planes(width, height, bands, 2);
  auto mask = test::random_mask(width, height, holes, 3);
  test::spoil(before, mask);
  test::spoil(after, mask);
  PoisonedPlanes<float> cpu(width, height), twin(width, height);
  spectral_angle(Backend::cpu, before.read(), after.read(), mask.read_view(), radius, cpu.view());
  spectral_angle(test::twin_backend(), before.read(), after.read(), mask.read_view(), radius, twin.view());
  ASSERT_TRUE(test::same_samples(cpu.view(), twin.view()))
      << width << " x " << height << ", " << bands << " bands, radius " << radius;
  EXPECT_TRUE(twin.padding_untouched());
}

TEST_F(SpectralAngle, GivesTheSameBitsAtEverySize) {
  for (const auto& [width, height] : test::twin_sizes) expect_same(width, height, 4, 1, 0.2);
}

TEST_F(SpectralAngle, GivesTheSameBitsForAnyBandsRadiusAndMask) {
  expect_same(65, 9, 2, 0, 0.0);
  expect_same(33, 17, 3, 2, 0.5);
  expect_same(300, 11, 6, 4, 0.1);
  expect_same(33, 17, 16, 1, 0.5);
  expect_same(33, 17, 4, 3, 1.0);
}

}  // namespace
}  // namespace plotwatch
