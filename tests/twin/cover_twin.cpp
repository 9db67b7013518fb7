#include "kernels/cover/cover.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class Cover : public test::Twin {};

// Which bands a date may have: bits of blue, green, red, nir, swir16.
CoverParams with_bands(unsigned bits) {
  CoverParams p;
  int next = 0;
  int* const plane[] = {&p.blue, &p.green, &p.red, &p.nir, &p.swir16};
  for (unsigned i = 0; i < 5; ++i)
    if ((bits >> i & 1) != 0) *plane[i] = next++;
  p.dark_blue = 0.02f;
  p.dark_red = 0.01f;
  return p;
}

TEST_F(Cover, GivesTheSameCodesWhateverBandsThereAre) {
  auto before = test::random_planes(70, 12, 5, 1, 0.15f, 0.1f), after = test::random_planes(70, 12, 5, 2, 0.15f, 0.1f);
  auto mask = test::random_mask(70, 12, 0.2, 3);
  test::spoil(before, mask);
  after(3, 3, 1) = std::numeric_limits<float>::quiet_NaN();
  for (unsigned bits = 0; bits < 32; ++bits) {
    PoisonedPlanes<std::uint8_t> cpu(70, 12), twin(70, 12);
    const CoverParams was = with_bands(bits), is = with_bands(31 - bits);
    transition(Backend::cpu, before.read(), after.read(), mask.read_view(), was, is, cpu.view());
    transition(twin_backend(), before.read(), after.read(), mask.read_view(), was, is, twin.view());
    ASSERT_TRUE(same_samples(cpu.view(), twin.view())) << "bands " << bits;
    EXPECT_TRUE(twin.padding_untouched());
  }
}

TEST_F(Cover, GivesTheSameCodesAtEverySize) {
  for (const auto& [width, height] : test::twin_sizes) {
    auto before = test::random_planes(width, height, 5, 1, 0.15f, 0.1f);
    auto mask = test::random_mask(width, height, 0.2, 3);
    PoisonedPlanes<std::uint8_t> cpu(width, height), twin(width, height);
    const CoverParams p = with_bands(31);
    transition(Backend::cpu, before.read(), before.read(), mask.read_view(), p, p, cpu.view());
    transition(twin_backend(), before.read(), before.read(), mask.read_view(), p, p, twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
  }
}

}  // namespace
}  // namespace plotwatch
