#include "kernels/gaussian/gaussian.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

double naive_gaussian(PoisonedPlanes<float>& in, PoisonedPlanes<std::uint8_t>& mask, float sigma, int x, int y) {
  const int radius = gaussian_radius(sigma);
  double sum = 0, weight = 0;
  for (int qy = std::max(0, y - radius); qy <= std::min(mask.view().height - 1, y + radius); ++qy) {
    for (int qx = std::max(0, x - radius); qx <= std::min(mask.view().width - 1, x + radius); ++qx) {
      if (mask(qx, qy) == 0) continue;
      const double w = std::exp(-0.5 * ((qx - x) * (qx - x) + (qy - y) * (qy - y)) / (double{sigma} * sigma));
      sum += w * in(qx, qy);
      weight += w;
    }
  }
  return sum / weight;
}

TEST(Gaussian, RadiusIsThreeSigmaRoundedUp) {
  EXPECT_EQ(gaussian_radius(0.0f), 0);
  EXPECT_EQ(gaussian_radius(0.3f), 1);
  EXPECT_EQ(gaussian_radius(1.0f), 3);
  EXPECT_EQ(gaussian_radius(1.1f), 4);
  EXPECT_EQ(gaussian_radius(64.0f), 192);
}

TEST(Gaussian, IsTheNaiveForm) {
  GaussianScratch scratch;
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 20}, {15, 2}, {16, 7}, {513, 5}, {40, 40}}) {
    for (const float sigma : {0.2f, 0.6f, 1.0f, 1.3f, 2.5f, 9.0f}) {
      auto in = test::random_planes(width, height, 1, 1, 5.0f);
      auto mask = test::random_mask(width, height, 0.3, 2);
      test::spoil(in, mask);
      PoisonedPlanes<float> out(width, height);
      gaussian(Backend::cpu, in.read_view(), mask.read_view(), sigma, out.view(), scratch);
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          if (mask(x, y) != 0)
            ASSERT_NEAR(out(x, y), naive_gaussian(in, mask, sigma, x, y), 2e-5) << x << ' ' << sigma;
          else
            ASSERT_TRUE(std::isnan(out(x, y)));
        }
      }
      EXPECT_TRUE(out.padding_untouched());
      gaussian(Backend::cpu, in.read_view(), mask.read_view(), sigma, in.view(), scratch);  // in place
      EXPECT_TRUE(test::same_bits(in.view(), out.view()));
    }
  }
}

TEST(Gaussian, AConstantStaysWhateverTheHoles) {
  PoisonedPlanes<float> in(50, 40), out(50, 40);
  in.fill([](int, int, int) { return 7.25f; });
  auto mask = test::random_mask(50, 40, 0.6, 2);
  GaussianScratch scratch;
  gaussian(Backend::cpu, in.read_view(), mask.read_view(), 2.0f, out.view(), scratch);
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 50; ++x) ASSERT_TRUE(mask(x, y) == 0 || std::fabs(out(x, y) - 7.25f) < 4e-6f);
}

TEST(Gaussian, SigmaZeroCopies) {
  auto in = test::random_planes(9, 9, 1, 1);
  auto mask = test::random_mask(9, 9, 0.3, 2);
  PoisonedPlanes<float> out(9, 9);
  GaussianScratch scratch;
  gaussian(Backend::cpu, in.read_view(), mask.read_view(), 0.0f, out.view(), scratch);
  for (int y = 0; y < 9; ++y)
    for (int x = 0; x < 9; ++x) ASSERT_TRUE(mask(x, y) != 0 ? out(x, y) == in(x, y) : std::isnan(out(x, y)));
}

TEST(Gaussian, DoesNotDependOnTheCutBeyondItsRadius) {
  auto in = test::random_planes(800, 60, 1, 1);
  auto mask = test::random_mask(800, 60, 0.2, 2);
  GaussianScratch scratch;
  for (const float sigma : {0.8f, 1.0f, 3.0f}) {
    const int r = gaussian_radius(sigma);
    PoisonedPlanes<float> whole(800, 60), part(333, 41);
    gaussian(Backend::cpu, in.read_view(), mask.read_view(), sigma, whole.view(), scratch);
    gaussian(Backend::cpu, in.read_view().sub(301, 11, 333, 41), mask.read_view().sub(301, 11, 333, 41), sigma,
             part.view(), scratch);
    EXPECT_TRUE(test::same_bits(part.view().sub(r, r, 333 - 2 * r, 41 - 2 * r),
                                whole.view().sub(301 + r, 11 + r, 333 - 2 * r, 41 - 2 * r)));
  }
}

TEST(Gaussian, RefusesBadArguments) {
  auto in = test::random_planes(8, 8, 1, 1), other = test::random_planes(8, 9, 1, 1);
  auto mask = test::random_mask(8, 8, 0, 1);
  PoisonedPlanes<float> out(8, 8);
  GaussianScratch scratch;
  const auto run = [&](PoisonedPlanes<float>& samples, float sigma, View<float> to) {
    gaussian(Backend::cpu, samples.read_view(), mask.read_view(), sigma, to, scratch);
  };
  EXPECT_THROW(run(in, -1.0f, out.view()), std::invalid_argument);
  EXPECT_THROW(run(in, std::nanf(""), out.view()), std::invalid_argument);
  EXPECT_THROW(run(in, 65.0f, out.view()), std::invalid_argument);
  EXPECT_THROW(run(other, 1.0f, out.view()), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
