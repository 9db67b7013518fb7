#include "kernels/components/components.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class Components : public test::Twin {};

void expect_same(PoisonedPlanes<std::uint8_t>& weak, PoisonedPlanes<std::uint8_t>& strong, int width, int height) {
  ComponentsScratch scratch;
  PoisonedPlanes<std::int32_t> labels(width, height), labels_twin(width, height);
  label_components(Backend::cpu, weak.read_view(), labels.view(), scratch);
  label_components(twin_backend(), weak.read_view(), labels_twin.view(), scratch);
  ASSERT_TRUE(same_samples(labels.view(), labels_twin.view())) << width << " x " << height;
  EXPECT_TRUE(labels_twin.padding_untouched());
  PoisonedPlanes<std::uint8_t> kept(width, height), kept_twin(width, height);
  keep_supported(Backend::cpu, weak.read_view(), strong.read_view(), kept.view(), scratch);
  keep_supported(twin_backend(), weak.read_view(), strong.read_view(), kept_twin.view(), scratch);
  ASSERT_TRUE(same_samples(kept.view(), kept_twin.view())) << width << " x " << height;
  EXPECT_TRUE(kept_twin.padding_untouched());
  keep_supported(twin_backend(), weak.read_view(), strong.read_view(), weak.view(), scratch);  // in place
  ASSERT_TRUE(same_samples(kept.view(), weak.view())) << width << " x " << height;
}

TEST_F(Components, GiveTheSameLabelsAtEverySize) {
  for (const auto& [width, height] : test::twin_sizes)
    for (const double holes : {0.0, 0.4, 0.65, 0.8, 1.0}) {
      auto weak = test::random_mask(width, height, holes, 1), strong = test::random_mask(width, height, 0.95, 2);
      expect_same(weak, strong, width, height);
    }
}

// Threads meet at one root from far ends: arms of a comb that only its back joins, and a spiral.
TEST_F(Components, AreJoinedOverManyBlocksOfThreads) {
  constexpr int width = 150, height = 90;
  PoisonedPlanes<std::uint8_t> comb(width, height), spiral(width, height), none(width, height);
  none.fill([](int, int, int) { return std::uint8_t{0}; });
  comb.fill([](int x, int y, int) { return static_cast<std::uint8_t>(x % 2 == 1 || y == height - 2); });
  spiral.fill([](int x, int y, int) {
    const int ring = std::min({x, y, width - 1 - x, height - 1 - y});
    const bool gap = x == ring && y == ring + 2;
    return static_cast<std::uint8_t>(ring % 2 == 1 && !gap);
  });
  expect_same(comb, none, width, height);
  expect_same(spiral, none, width, height);
}

}  // namespace
}  // namespace plotwatch
