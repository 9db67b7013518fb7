#include <random>
#include <vector>

#include "kernels/variates/variates.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class Variates : public test::Twin {};

TEST_F(Variates, GiveTheSameBitsForAnyNumberOfBands) {
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  for (const auto& [nb, na, variates, width] : {std::array{1, 1, 1, 1},
                                                {3, 3, 3, 31},
                                                {4, 4, 4, 33},
                                                {6, 6, 6, 257},
                                                {5, 7, 16, 17},
                                                {16, 16, 16, 32},
                                                {2, 6, 1, 0}}) {
    auto before = test::random_planes(width, 9, nb, 1), after = test::random_planes(width, 9, na, 2);
    auto mask = test::random_mask(width, 9, 0.2, 3);
    test::spoil(before, mask);
    test::spoil(after, mask);
    std::vector<float> matrix(static_cast<std::size_t>(variates * (nb + na))),
        constant(static_cast<std::size_t>(variates));
    for (auto& m : matrix) m = normal(random);
    for (auto& c : constant) c = normal(random);
    for (const bool root : {false, true}) {
      const VariatesParams params{variates, matrix, constant, root};
      PoisonedPlanes<float> cpu(width, 9), twin(width, 9);
      variates_norm(Backend::cpu, before.read(), after.read(), mask.read_view(), params, cpu.view());
      variates_norm(twin_backend(), before.read(), after.read(), mask.read_view(), params, twin.view());
      EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << nb << " and " << na << " bands";
      EXPECT_TRUE(twin.padding_untouched());
      auto over = before;
      variates_norm(twin_backend(), over.read(), after.read(), mask.read_view(), params, over.view(nb - 1));
      EXPECT_TRUE(same_samples(cpu.view(), over.view(nb - 1)));
    }
  }
}

}  // namespace
}  // namespace plotwatch
