#include "kernels/variates/variates.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

TEST(Variates, OneBandByHand) {
  PoisonedPlanes<float> before(2, 1), after(2, 1), out(2, 1);
  before.fill([](int x, int, int) { return x == 0 ? 3.0f : 1.0f; });
  after.fill([](int x, int, int) { return x == 0 ? 1.0f : 2.0f; });
  auto mask = test::random_mask(2, 1, 0, 1);
  const std::vector<float> matrix = {1, -1, 2, 0}, constant = {0, 1};  // (b - a)^2 + (2 b + 1)^2
  variates_norm(Backend::cpu, before.read(), after.read(), mask.read_view(), {2, matrix, constant, false}, out.view());
  EXPECT_EQ(out(0, 0), 53.0f);
  EXPECT_EQ(out(1, 0), 10.0f);
  variates_norm(Backend::cpu, before.read(), after.read(), mask.read_view(), {2, matrix, constant, true}, out.view());
  EXPECT_EQ(out(0, 0), std::sqrt(53.0f));
}

TEST(Variates, IsTheNaiveFormForAnyNumberOfBands) {
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  for (const auto& [nb, na, variates, width] : {std::array{1, 1, 1, 1},
                                                {3, 3, 3, 511},
                                                {4, 4, 4, 512},
                                                {6, 6, 6, 513},
                                                {5, 7, 16, 17},
                                                {16, 16, 2, 31},
                                                {4, 2, 3, 1030},
                                                {2, 6, 1, 15}}) {
    auto before = test::random_planes(width, 3, nb, 1), after = test::random_planes(width, 3, na, 2);
    auto mask = test::random_mask(width, 3, 0.2, 3);
    test::spoil(before, mask);
    test::spoil(after, mask);
    const int bands = nb + na;
    std::vector<float> matrix(static_cast<std::size_t>(variates * bands)), constant(static_cast<std::size_t>(variates));
    for (auto& m : matrix) m = normal(random);
    for (auto& c : constant) c = normal(random);
    PoisonedPlanes<float> out(width, 3);
    variates_norm(Backend::cpu, before.read(), after.read(), mask.read_view(), {variates, matrix, constant, false},
                  out.view());
    for (int y = 0; y < 3; ++y) {
      for (int x = 0; x < width; ++x) {
        double want = 0;
        for (int k = 0; k < variates; ++k) {
          double t = constant[static_cast<std::size_t>(k)];
          for (int b = 0; b < bands; ++b)
            t += static_cast<double>(matrix[static_cast<std::size_t>(k * bands + b)]) *
                 (b < nb ? before(x, y, b) : after(x, y, b - nb));
          want += t * t;
        }
        if (mask(x, y) != 0)
          ASSERT_NEAR(out(x, y), want, 1e-5 * (1 + want)) << nb << ' ' << x;
        else
          ASSERT_TRUE(std::isnan(out(x, y)));
      }
    }
    EXPECT_TRUE(out.padding_untouched());
  }
}

TEST(Variates, MayWriteOverAnInputBand) {
  auto before = test::random_planes(600, 2, 4, 1), after = test::random_planes(600, 2, 4, 2);
  auto mask = test::random_mask(600, 2, 0.1, 3);
  const std::vector<float> matrix(32, 0.5f), constant(4, 0.1f);
  PoisonedPlanes<float> out(600, 2);
  variates_norm(Backend::cpu, before.read(), after.read(), mask.read_view(), {4, matrix, constant, true}, out.view());
  variates_norm(Backend::cpu, before.read(), after.read(), mask.read_view(), {4, matrix, constant, true},
                before.view(2));
  EXPECT_TRUE(test::same_bits(before.view(2), out.view()));
}

TEST(Variates, RefusesBadArguments) {
  auto before = test::random_planes(8, 8, 2, 1), after = test::random_planes(8, 8, 2, 2),
       small = test::random_planes(8, 7, 2, 2);
  auto mask = test::random_mask(8, 8, 0, 3);
  PoisonedPlanes<float> out(8, 8);
  const std::vector<float> matrix(8, 1.0f), constant(2, 0.0f), one(1, 0.0f);
  const auto run = [&](Planes<const float> b, Planes<const float> a, const VariatesParams& p) {
    variates_norm(Backend::cpu, b, a, mask.read_view(), p, out.view());
  };
  EXPECT_NO_THROW(run(before.read(), after.read(), {2, matrix, constant, false}));
  EXPECT_THROW(run(before.read(), after.read(), {3, matrix, constant, false}), std::invalid_argument);
  EXPECT_THROW(run(before.read(), after.read(), {0, {}, {}, false}), std::invalid_argument);
  EXPECT_THROW(run(before.read(), after.read(), {2, matrix, one, false}), std::invalid_argument);
  EXPECT_THROW(run(before.read(), small.read(), {2, matrix, constant, false}), std::invalid_argument);
  EXPECT_THROW(run(Planes<const float>{nullptr, 8, 8, 2, 8, 64}, after.read(), {2, matrix, constant, false}),
               std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
