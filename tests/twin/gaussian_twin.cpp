#include "kernels/gaussian/gaussian.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class Gaussian : public test::Twin {};

// Both ways through: the tile in shared memory, up to a radius of 8, and rows then columns beyond it and in place.
TEST_F(Gaussian, GivesTheSameBits) {
  GaussianScratch scratch;
  for (const auto& [width, height] : test::twin_sizes) {
    for (const float sigma : {0.0f, 0.3f, 1.0f, 2.6f, 3.0f, 9.0f}) {
      auto in = test::random_planes(width, height, 1, 1, 5.0f);
      auto mask = test::random_mask(width, height, 0.3, 2);
      test::spoil(in, mask);
      PoisonedPlanes<float> cpu(width, height), twin(width, height);
      gaussian(Backend::cpu, in.read_view(), mask.read_view(), sigma, cpu.view(), scratch);
      gaussian(twin_backend(), in.read_view(), mask.read_view(), sigma, twin.view(), scratch);
      ASSERT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height << ", sigma " << sigma;
      EXPECT_TRUE(twin.padding_untouched());
      gaussian(twin_backend(), in.read_view(), mask.read_view(), sigma, in.view(), scratch);
      ASSERT_TRUE(same_samples(cpu.view(), in.view())) << width << " x " << height << ", sigma " << sigma;
    }
  }
}

TEST_F(Gaussian, NothingUsable) {
  GaussianScratch scratch;
  auto in = test::random_planes(40, 40, 1, 1);
  auto mask = test::random_mask(40, 40, 1.0, 2);
  test::spoil(in, mask);
  PoisonedPlanes<float> twin(40, 40);
  gaussian(twin_backend(), in.read_view(), mask.read_view(), 1.0f, twin.view(), scratch);
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 40; ++x) ASSERT_TRUE(std::isnan(twin(x, y)));
}

}  // namespace
}  // namespace plotwatch
