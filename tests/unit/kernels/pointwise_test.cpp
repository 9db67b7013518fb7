// The kernels that look at one sample of one band.
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/affine/affine.hpp"
#include "kernels/logarithm/logarithm.hpp"
#include "support/naive_pointwise.hpp"
#include "support/poisoned_planes.hpp"

namespace plotwatch::kernels {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

TEST(Affine, ScalesAndShiftsWithinItsViewOnly) {
  const std::vector<float> in{1, 2, 99, -3, nan, 99};
  std::vector<float> out(6, -7);
  affine(Backend::cpu, {in.data(), 2, 2, 3}, 2.0f, 0.5f, {out.data(), 2, 2, 3});
  EXPECT_EQ(out[0], 2.5f);
  EXPECT_EQ(out[1], 4.5f);
  EXPECT_EQ(out[2], -7);  // between the rows
  EXPECT_EQ(out[3], -5.5f);
  EXPECT_TRUE(std::isnan(out[4]));
}

TEST(Logarithm, IsThatOfTheStandardLibraryForAnyWidth) {
  for (const int n : {0, 1, 15, 16, 17, 1000}) {
    std::vector<float> v(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) v[static_cast<std::size_t>(i)] = i == 3 ? nan : static_cast<float>(i * i) * 0.37f;
    std::vector<float> out(v.size() + 1, -7);
    logarithm(Backend::cpu, {v.data(), n, 1, n}, 1e-3f, {out.data(), n, 1, n});
    for (int i = 0; i < n; ++i) {
      const auto k = static_cast<std::size_t>(i);
      const double expected = std::log(double(v[k]) + 1e-3);
      if (i == 3)
        EXPECT_TRUE(std::isnan(out[k]));
      else
        EXPECT_NEAR(out[k], expected, 1e-5 * (1 + std::abs(expected)));
    }
    EXPECT_EQ(out.back(), -7);
  }
}

// In place and not, at widths around the vectors', with rows that have a gap between them.
TEST(Pointwise, AreTheNaiveFormsAtEverySize) {
  for (const int width : {0, 1, 7, 8, 15, 16, 17, 63, 64, 65, 513}) {
    auto in = test::random_planes(width, 3, 1, 1, 20.0f, 6.0f);
    in.fill([given = in](int x, int y, int) mutable { return x % 11 == 5 ? nan : std::fabs(given(x, y)); });
    test::PoisonedPlanes<float> mapped(width, 3), logs(width, 3);
    affine(Backend::cpu, in.read_view(), -0.3f, 7.5f, mapped.view());
    logarithm(Backend::cpu, in.read_view(), 0.5f, logs.view());
    EXPECT_LT(test::largest_difference(in.read_view(), mapped.read_view(),
                                       [](double v) { return test::naive_affine(v, double{-0.3f}, 7.5); }),
              5e-7);  // two roundings of numbers up to 3 times the result
    EXPECT_LT(test::largest_difference(in.read_view(), logs.read_view(),
                                       [](double v) { return test::naive_logarithm(v, 0.5); }),
              2e-6);  // as the contract has it
    EXPECT_TRUE(mapped.padding_untouched() && logs.padding_untouched());
    auto over = in;
    affine(Backend::cpu, over.read_view(), -0.3f, 7.5f, over.view());
    EXPECT_TRUE(test::same_bits(over.view(), mapped.view()));
    logarithm(Backend::cpu, in.read_view(), 0.5f, in.view());
    EXPECT_TRUE(test::same_bits(in.view(), logs.view()));
  }
}

TEST(Pointwise, RefuseViewsOfDifferentSize) {
  std::vector<float> v(6);
  const View<float> wide{v.data(), 3, 1, 3}, narrow{v.data(), 2, 1, 2};
  EXPECT_THROW(affine(Backend::cpu, wide, 1, 0, narrow), std::invalid_argument);
  EXPECT_THROW(logarithm(Backend::cpu, wide, 1, narrow), std::invalid_argument);
  EXPECT_THROW(logarithm(Backend::cpu, wide, 0, wide), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch::kernels
