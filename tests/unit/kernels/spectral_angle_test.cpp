#include "kernels/spectral_angle/spectral_angle.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "support/poisoned_planes.hpp"

namespace plotwatch::kernels {
namespace {

using test::PoisonedPlanes;

// In double precision from the contract, by another form of the angle: W. Kahan's, from sum and difference.
double naive_angle(Planes<const float> before, Planes<const float> after, Mask usable, int radius, int x, int y) {
  std::vector<double> a(static_cast<std::size_t>(before.bands)), b = a;
  for (int k = 0; k < before.bands; ++k)
    for (int qy = y - radius; qy <= y + radius; ++qy)
      for (int qx = x - radius; qx <= x + radius; ++qx) {
        if (qx < 0 || qy < 0 || qx >= usable.width || qy >= usable.height || usable(qx, qy) == 0) continue;
        a[static_cast<std::size_t>(k)] += before.band(k)(qx, qy);
        b[static_cast<std::size_t>(k)] += after.band(k)(qx, qy);
      }
  double aa = 0, bb = 0;
  for (const double v : a) aa += v * v;
  for (const double v : b) bb += v * v;
  if (aa == 0 || bb == 0) return 0;
  double apart = 0, together = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    apart += std::pow(a[k] / std::sqrt(aa) - b[k] / std::sqrt(bb), 2);
    together += std::pow(a[k] / std::sqrt(aa) + b[k] / std::sqrt(bb), 2);
  }
  return 2 * std::atan2(std::sqrt(apart), std::sqrt(together));
}

// One pixel of two bands on each date.
float angle_of(std::vector<float> before, std::vector<float> after) {
  const std::uint8_t usable = 1;
  float out = -7;
  const int bands = static_cast<int>(before.size());
  spectral_angle(Backend::cpu, {before.data(), 1, 1, bands, 1, 1}, {after.data(), 1, 1, bands, 1, 1},
                 {&usable, 1, 1, 1}, 0, {&out, 1, 1, 1});
  return out;
}

TEST(SpectralAngle, IsTheAngleBetweenSpectra) {
  constexpr float pi = std::numbers::pi_v<float>;
  EXPECT_NEAR(angle_of({1, 0}, {0, 2}), pi / 2, 1e-6);
  EXPECT_NEAR(angle_of({3, 0}, {1, 1}), pi / 4, 1e-6);
  EXPECT_NEAR(angle_of({1, 1}, {-1, -1}), pi, 1e-6);
  EXPECT_NEAR(angle_of({1, std::sqrt(3.0f)}, {5, 0}), pi / 3, 1e-6);
}

TEST(SpectralAngle, DoesNotFeelBrightness) { EXPECT_NEAR(angle_of({0.1f, 0.2f, 0.3f}, {0.25f, 0.5f, 0.75f}), 0, 1e-6); }

TEST(SpectralAngle, IsExactWhereAnArcCosineIsNot) {
  // 1e-4 rad: one less half the square of it is 1 - 5e-9, which is 1 in single precision.
  EXPECT_NEAR(angle_of({1, 0}, {1, 1e-4f}), 1e-4, 1e-8);
}

TEST(SpectralAngle, IsZeroWhereASpectrumHasNoDirection) { EXPECT_EQ(angle_of({0, 0}, {0.1f, 0.2f}), 0); }

TEST(SpectralAngle, AveragesSpectraAndNotAngles) {
  // Pixels turn by a quarter to either side; the patch as a whole does not.
  const std::vector<float> before{1, 1, 1, 1}, after{1, 0, 0, 1};  // two pixels, then their second band
  const std::vector<std::uint8_t> usable{1, 1};
  std::vector<float> out(2, -7);
  spectral_angle(Backend::cpu, {before.data(), 2, 1, 2, 2, 2}, {after.data(), 2, 1, 2, 2, 2}, {usable.data(), 2, 1, 2},
                 1, {out.data(), 2, 1, 2});
  EXPECT_NEAR(out[0], 0, 1e-6);
  EXPECT_NEAR(out[1], 0, 1e-6);
}

TEST(SpectralAngle, IsWhatTheContractSaysAtEverySize) {
  for (const auto& [width, height] :
       {std::pair{0, 0}, {1, 1}, {1, 9}, {3, 3}, {16, 5}, {17, 4}, {255, 3}, {256, 3}, {257, 4}, {600, 2}})
    for (const int bands : {2, 4, 5})
      for (const int radius : {0, 1, 4}) {
        auto before = test::random_planes(width, height, bands, 1),
             after = test::random_planes(width, height, bands, 2);
        auto mask = test::random_mask(width, height, 0.2, 3);
        test::spoil(before, mask);
        test::spoil(after, mask);
        PoisonedPlanes<float> out(width, height);
        spectral_angle(Backend::cpu, before.read(), after.read(), mask.read_view(), radius, out.view());
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            if (mask(x, y) == 0) {
              ASSERT_TRUE(std::isnan(out(x, y)));
              continue;
            }
            ASSERT_NEAR(out(x, y), naive_angle(before.read(), after.read(), mask.read_view(), radius, x, y), 1e-5)
                << x << ", " << y << " of " << width << " x " << height << ", " << bands << " bands, radius " << radius;
          }
        EXPECT_TRUE(out.padding_untouched());
      }
}

TEST(SpectralAngle, RefusesWhatItCannotCompare) {
  PoisonedPlanes<float> one(4, 4, 1), two(4, 4, 2), three(4, 4, 3), out(4, 4), small(3, 4);
  auto mask = test::random_mask(4, 4, 0, 1);
  const auto of = [&](auto& before, auto& after, int radius, auto& to) {
    spectral_angle(Backend::cpu, before.read(), after.read(), mask.read_view(), radius, to.view());
  };
  EXPECT_THROW(of(one, one, 1, out), std::invalid_argument);
  EXPECT_THROW(of(two, three, 1, out), std::invalid_argument);
  EXPECT_THROW(of(two, two, -1, out), std::invalid_argument);
  EXPECT_THROW(of(two, two, 5, out), std::invalid_argument);
  EXPECT_THROW(of(two, two, 1, small), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch::kernels
