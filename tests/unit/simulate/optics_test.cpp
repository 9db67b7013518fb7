#include "simulate/optics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace plotwatch::simulate {
namespace {

TEST(PointSpread, IsASymmetricGaussianOfUnitSumForEverySupersampling) {
  for (const int s : {1, 2, 3, 4, 5, 8, 16}) {
    const PointSpread spread(s, 1.15);
    const std::size_t n = spread.weights.size();
    EXPECT_EQ(static_cast<int>(n), s - 2 * spread.first);
    EXPECT_NEAR(std::accumulate(spread.weights.begin(), spread.weights.end(), 0.0F), 1, 1e-6);
    for (std::size_t i = 0; i < n; ++i) EXPECT_FLOAT_EQ(spread.weights[i], spread.weights[n - 1 - i]);
    // Second moment of the samples about the pixel's centre: the Gaussian's, less its cut-off tails.
    double moment = 0;
    for (std::size_t i = 0; i < n; ++i)
      moment +=
          static_cast<double>(spread.weights[i]) * std::pow((spread.first + static_cast<double>(i) + 0.5) / s - 0.5, 2);
    EXPECT_NEAR(std::sqrt(moment), 1.15 / 2.3548, 0.05) << s;
  }
}

TEST(Misplacement, IsTheShiftAndAWaveOfTheAskedAmplitude) {
  EXPECT_EQ(Misplacement().at(3, 4), (Point{0, 0}));
  EXPECT_EQ(Misplacement(1, 0.3, -0.2, 0, 100, 100).at(50, 60), (Point{0.3, -0.2}));
  const Misplacement wave(1, 0.3, -0.2, 2, 300, 200);
  double largest = 0;
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 300; ++x) {
      const Point d = wave.at(x, y), next = wave.at(x + 1, y);
      largest = std::max({largest, std::abs(d.x - 0.3), std::abs(d.y + 0.2)});
      ASSERT_LT(std::hypot(next.x - d.x, next.y - d.y), 0.1) << "smooth";
    }
  EXPECT_LE(largest, 2);
  EXPECT_GT(largest, 1);
}

}  // namespace
}  // namespace plotwatch::simulate
