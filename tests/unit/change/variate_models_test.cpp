#include "change/variate_models.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "change/weighted.hpp"
#include "core/error.hpp"
#include "support/random_texture.hpp"

namespace plotwatch::change {
namespace {

// Two bands a date; band k of the later date is gain * (r_k * x_k + sqrt(1 - r_k^2) * noise) + offset, so that the
// canonical correlations are r_0 and r_1 by construction.
PixelSample correlated(int pixels, double r0, double r1, double gain = 1, double offset = 0) {
  test::Random random(7);
  PixelSample s{2, {}};
  for (int i = 0; i < pixels; ++i) {
    const double x[2] = {random.normal(), random.normal()};
    const double r[2] = {r0, r1};
    for (const double v : x) s.values.push_back(static_cast<float>(v));
    for (int k = 0; k < 2; ++k)
      s.values.push_back(
          static_cast<float>(gain * (r[k] * x[k] + std::sqrt(1 - r[k] * r[k]) * random.normal()) + offset));
  }
  return s;
}

// Pixel i's sum of squared variates, in double.
double chi_square(const LinearVariates& m, const PixelSample& s, std::size_t i) {
  const std::size_t n = 2 * static_cast<std::size_t>(s.bands);
  double sum = 0;
  for (int k = 0; k < m.variates; ++k) {
    double v = m.constant[static_cast<std::size_t>(k)];
    for (std::size_t c = 0; c < n; ++c)
      v += double(m.matrix[static_cast<std::size_t>(k) * n + c]) * s.values[i * n + c];
    sum += v * v;
  }
  return sum;
}

double mean_chi_square(const LinearVariates& m, const PixelSample& s) {
  double sum = 0;
  for (std::size_t i = 0; i < s.pixels(); ++i) sum += chi_square(m, s, i);
  return sum / static_cast<double>(s.pixels());
}

TEST(ChiSquareTail, MatchesClosedForms) {
  EXPECT_NEAR(chi_square_tail(3.841458820694124, 1), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(5.991464547107979, 2), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(7.814727903251179, 3), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(9.487729036781154, 4), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(12.591587243743977, 6), 0.05, 1e-12);
  EXPECT_DOUBLE_EQ(chi_square_tail(0, 4), 1);
  EXPECT_GE(chi_square_tail(2000, 3), 0);
}

TEST(WeightedStatistics, WeightsCountAsRepeats) {
  PixelSample s{1, {1, 10, 2, 20, 4, 25}};
  const Eigen::MatrixXd m = matrix_of(s);
  const Eigen::Vector3d weights(1, 2, 1);
  PixelSample repeated{1, {1, 10, 2, 20, 2, 20, 4, 25}};
  const auto a = weighted_statistics(m, weights),
             b = weighted_statistics(matrix_of(repeated), Eigen::VectorXd::Ones(4));
  EXPECT_TRUE(a.mean.isApprox(b.mean, 1e-12));
  EXPECT_TRUE(a.covariance.isApprox(b.covariance, 1e-12));
  EXPECT_NEAR(a.mean[0], 2.25, 1e-12);
}

TEST(Irmad, FirstIterationFindsTheCanonicalCorrelations) {
  const VariateFit fit = irmad(correlated(40000, 0.9, 0.4), 1);
  ASSERT_EQ(fit.roots.size(), 2u);
  EXPECT_NEAR(*std::max_element(fit.roots.begin(), fit.roots.end()), 0.9, 0.01);
  EXPECT_NEAR(*std::min_element(fit.roots.begin(), fit.roots.end()), 0.4, 0.01);
  EXPECT_EQ(fit.iterations, 1);
}

TEST(Irmad, UnweightedVariatesHaveUnitVariance) {
  const PixelSample s = correlated(20000, 0.8, 0.5);
  EXPECT_NEAR(mean_chi_square(irmad(s, 1).model, s), 2.0, 1e-3);
}

TEST(Irmad, DoesNotCareForGainAndOffset) {
  const PixelSample plain = correlated(5000, 0.9, 0.6), scaled = correlated(5000, 0.9, 0.6, 37.5, 1200);
  const VariateFit a = irmad(plain, 50), b = irmad(scaled, 50);
  EXPECT_TRUE(a.converged);
  for (std::size_t i = 0; i < 200; ++i) {
    const double v = chi_square(a.model, plain, i);
    EXPECT_NEAR(chi_square(b.model, scaled, i), v, 0.02 * (1 + v));
  }
}

TEST(Irmad, ReweightingSeesThroughChange) {
  PixelSample s = correlated(10000, 0.98, 0.97);
  for (std::size_t i = 0; i < 1000; ++i) s.values[4 * i + 2] += 8, s.values[4 * i + 3] -= 6;  // a tenth has changed
  const VariateFit fit = irmad(s, 50);
  const double changed = std::accumulate(fit.weights.begin(), fit.weights.begin() + 1000, 0.0) / 1000;
  const double unchanged = std::accumulate(fit.weights.begin() + 1000, fit.weights.end(), 0.0) / 9000;
  EXPECT_LT(changed, 0.001);
  // Reweighting narrows onto the least changed pixels, so neither the weights nor the roots stay what they were.
  EXPECT_GT(unchanged, 0.1);
  EXPECT_GT(*std::min_element(fit.roots.begin(), fit.roots.end()), 0.96);
}

TEST(SlowFeatures, UnweightedFeaturesHaveUnitVariance) {
  const PixelSample s = correlated(20000, 0.8, 0.5);
  EXPECT_NEAR(mean_chi_square(slow_features(s, 1).model, s), 2.0, 1e-3);
}

TEST(SlowFeatures, RootsAreTheVariancesOfStandardisedDifferences) {
  const VariateFit fit = slow_features(correlated(40000, 0.9, 0.4), 1);
  EXPECT_NEAR(fit.roots[0], 2 * (1 - 0.9), 0.02);  // slowest first
  EXPECT_NEAR(fit.roots[1], 2 * (1 - 0.4), 0.03);
}

TEST(StandardisedDifference, IsZeroAtTheMeans) {
  const PixelSample s = correlated(5000, 0.9, 0.6, 10, 300);
  const Standardisation st = standardise(s, std::vector<double>(s.pixels(), 1.0));
  const LinearVariates m = standardised_difference(st);
  PixelSample at_mean{2, {st.before_mean[0], st.before_mean[1], st.after_mean[0], st.after_mean[1]}};
  EXPECT_NEAR(chi_square(m, at_mean, 0), 0, 1e-6);
  EXPECT_NEAR(st.after_sd[0], 10, 0.2);
}

TEST(VariateModels, RefuseWhatCannotBeEstimated) {
  EXPECT_THROW(irmad(correlated(99, 0.9, 0.5), 5), Error);
  PixelSample constant = correlated(1000, 0.9, 0.5);
  for (std::size_t i = 0; i < constant.pixels(); ++i) constant.values[4 * i + 1] = 3;
  try {
    slow_features(constant, 5);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::mismatch);
    EXPECT_THAT(std::string(e.what()), testing::HasSubstr("band 2 of the before scene"));
  }
}

}  // namespace
}  // namespace plotwatch::change
