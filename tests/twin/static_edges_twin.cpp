#include <vector>

#include "kernels/static_edges/static_edges.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

class StaticEdges : public test::Twin {};

void expect_same(int width, int height, int bands, double holes) {
  auto before = test::random_planes(width, height, bands, 1), after = test::random_planes(width, height, bands, 2);
  auto mask = test::random_mask(width, height, holes, 3);
  test::spoil(before, mask);
  test::spoil(after, mask);
  std::vector<float> before_weight, after_weight;
  for (int b = 0; b < bands; ++b) {
    before_weight.push_back(0.5f + 0.1f * static_cast<float>(b));
    after_weight.push_back(0.7f - 0.03f * static_cast<float>(b));
  }
  PoisonedPlanes<float> cpu(width, height), twin(width, height);
  static_edges(Backend::cpu, before.read(), after.read(), mask.read_view(), before_weight, after_weight, cpu.view());
  static_edges(test::twin_backend(), before.read(), after.read(), mask.read_view(), before_weight, after_weight,
               twin.view());
  ASSERT_TRUE(test::same_samples(cpu.view(), twin.view())) << width << " x " << height << ", " << bands << " bands";
  EXPECT_TRUE(twin.padding_untouched());
}

TEST_F(StaticEdges, GivesTheSameBitsAtEverySize) {
  for (const auto& [width, height] : test::twin_sizes) expect_same(width, height, 4, 0.2);
}

TEST_F(StaticEdges, GivesTheSameBitsForAnyBandsAndMask) {
  expect_same(65, 9, 1, 0.0);
  expect_same(1030, 3, 6, 0.1);
  expect_same(33, 17, 16, 0.5);
  expect_same(33, 17, 3, 1.0);
}

}  // namespace
}  // namespace plotwatch
