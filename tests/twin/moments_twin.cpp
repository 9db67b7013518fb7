#include <cmath>

#include "kernels/moments/moments.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::twin_backend;

class MomentsTwin : public test::Twin {};

void expect_same(const Moments& cpu, const Moments& twin) {
  EXPECT_EQ(cpu.n_bands, twin.n_bands);
  EXPECT_EQ(cpu.count, twin.count);
  EXPECT_EQ(cpu.weight, twin.weight);
  EXPECT_EQ(cpu.mean, twin.mean);  // every bit: all sums have one order
  EXPECT_EQ(cpu.comoment, twin.comoment);
}

TEST_F(MomentsTwin, GiveTheSameBits) {
  for (const auto& [width, height, bands] :
       {std::array{1, 7, 1}, {127, 5, 3}, {128, 5, 8}, {129, 9, 16}, {300, 20, 12}}) {
    auto samples = test::random_planes(width, height, bands, 2, 1e4f, 1.0f);
    auto weight = test::random_planes(width, height, 1, 3);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) weight(x, y) = std::fabs(weight(x, y));
    for (const double holes : {0.2, 0.995}) {
      auto mask = test::random_mask(width, height, holes, 4);
      auto holed = samples;
      test::spoil(holed, mask);
      expect_same(moments(Backend::cpu, holed.read(), mask.read_view(), weight.read_view()),
                  moments(twin_backend(), holed.read(), mask.read_view(), weight.read_view()));
      expect_same(moments(Backend::cpu, holed.read(), mask.read_view(), {}),
                  moments(twin_backend(), holed.read(), mask.read_view(), {}));
    }
  }
}

TEST_F(MomentsTwin, NothingUsableIsNeutral) {
  auto samples = test::random_planes(130, 4, 2, 2);
  auto none = test::random_mask(130, 4, 1.0, 4);
  test::spoil(samples, none);
  const Moments m = moments(twin_backend(), samples.read(), none.read_view(), {});
  EXPECT_EQ(m.count, 0);
  EXPECT_EQ(m.weight, 0.0);
  EXPECT_EQ(m.mean, std::vector<double>(2, 0.0));
}

}  // namespace
}  // namespace plotwatch
