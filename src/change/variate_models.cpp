#include "change/variate_models.hpp"

#include <cmath>

#include <fmt/format.h>

#include "change/weighted.hpp"
#include "core/error.hpp"

namespace plotwatch::change {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double convergence = 1e-3;  // largest change of a root between iterations (Nielsen 2007 uses the same)
constexpr double ridge = 1e-9;        // of a band's variance, keeps nearly collinear bands solvable

void check(const PixelSample& sample, const WeightedStatistics& all) {
  if (sample.pixels() < 50 * static_cast<std::size_t>(sample.bands))
    throw Error(
        ExitCode::mismatch,
        fmt::format("only {} pixels are usable in both scenes, too few to estimate what unchanged ground looks like",
                    sample.pixels()),
        "", "Use scenes that share more clear ground, or scan more of them with --whole-scene.");
  for (Index i = 0; i < all.covariance.rows(); ++i)
    if (!(all.covariance(i, i) > 0))
      throw Error(ExitCode::mismatch,
                  fmt::format("band {} of the {} scene has one value everywhere", i % sample.bands + 1,
                              i < sample.bands ? "before" : "after"),
                  "", "Leave that band out by its role, or check the file.");
}

void add_ridge(MatrixXd& covariance) { covariance.diagonal() *= 1 + ridge; }

// Weights of the next iteration: the chance that an unchanged pixel lies this far out.
VectorXd no_change_probability(const MatrixXd& standardised) {
  const int degrees = static_cast<int>(standardised.rows());
  const Eigen::RowVectorXd chi_square = standardised.colwise().squaredNorm();
  VectorXd w(chi_square.size());
  for (Index i = 0; i < w.size(); ++i) w[i] = chi_square_tail(chi_square[i], degrees);
  return w;
}

// One model of rows `m` (variates x 2 bands) that maps a centred pixel to unit-variance variates.
LinearVariates as_model(const MatrixXd& m, const VectorXd& mean) {
  LinearVariates model;
  model.variates = static_cast<int>(m.rows());
  const VectorXd constant = -(m * mean);
  for (Index r = 0; r < m.rows(); ++r) {
    for (Index c = 0; c < m.cols(); ++c) model.matrix.push_back(static_cast<float>(m(r, c)));
    model.constant.push_back(static_cast<float>(constant[r]));
  }
  return model;
}

// Solves the weighted model again and again until its roots stand still. `solve` returns rows and roots.
template <class Solve>
VariateFit reweight(const PixelSample& sample, int max_iterations, Solve solve) {
  const MatrixXd pixels = matrix_of(sample);
  VectorXd weights = VectorXd::Ones(pixels.cols());
  VariateFit fit;
  VectorXd previous = VectorXd::Constant(sample.bands, -1);
  for (fit.iterations = 1;; ++fit.iterations) {
    WeightedStatistics s = weighted_statistics(pixels, weights);
    if (fit.iterations == 1) check(sample, s);
    add_ridge(s.covariance);
    const auto [rows, roots] = solve(s.covariance);
    weights = no_change_probability(rows * (pixels.colwise() - s.mean));
    fit.converged = (roots - previous).cwiseAbs().maxCoeff() < convergence;
    previous = roots;
    if (fit.converged || fit.iterations >= max_iterations) {
      fit.model = as_model(rows, s.mean);
      fit.roots.assign(roots.begin(), roots.end());
      fit.weights.assign(weights.begin(), weights.end());
      return fit;
    }
    if (!(weights.sum() > 0)) weights.setOnes();
  }
}

}  // namespace

VariateFit irmad(const PixelSample& sample, int max_iterations) {
  const Index n = sample.bands;
  return reweight(sample, max_iterations, [n](const MatrixXd& c) {
    const MatrixXd xx = c.topLeftCorner(n, n), yy = c.bottomRightCorner(n, n), xy = c.topRightCorner(n, n);
    const Eigen::LDLT<MatrixXd> yy_solver(yy);
    const MatrixXd yy_inv_yx = yy_solver.solve(xy.transpose());
    const Eigen::GeneralizedSelfAdjointEigenSolver<MatrixXd> eigen(xy * yy_inv_yx, xx);
    MatrixXd a = eigen.eigenvectors(), b = yy_inv_yx * a;
    VectorXd rho = eigen.eigenvalues().cwiseMax(0).cwiseMin(1).cwiseSqrt();
    MatrixXd rows(n, 2 * n);
    for (Index k = 0; k < n; ++k) {
      // Unit variance of either canonical variate; b is already correlated positively with a.
      a.col(k) /= std::sqrt(a.col(k).dot(xx * a.col(k)));
      const double b_variance = b.col(k).dot(yy * b.col(k));
      if (b_variance > 0) b.col(k) /= std::sqrt(b_variance);
      const double sd = std::sqrt(std::max(2 * (1 - rho[k]), 1e-6));  // of the difference, unchanged pixels
      rows.row(k).head(n) = a.col(k).transpose() / sd;
      rows.row(k).tail(n) = -b.col(k).transpose() / sd;
    }
    return std::pair{rows, rho};
  });
}

VariateFit slow_features(const PixelSample& sample, int max_iterations) {
  const Index n = sample.bands;
  return reweight(sample, max_iterations, [n](const MatrixXd& c) {
    const VectorXd sx = c.topLeftCorner(n, n).diagonal().cwiseSqrt(),
                   sy = c.bottomRightCorner(n, n).diagonal().cwiseSqrt();
    const MatrixXd xx = sx.cwiseInverse().asDiagonal() * c.topLeftCorner(n, n) * sx.cwiseInverse().asDiagonal();
    const MatrixXd yy = sy.cwiseInverse().asDiagonal() * c.bottomRightCorner(n, n) * sy.cwiseInverse().asDiagonal();
    const MatrixXd xy = sx.cwiseInverse().asDiagonal() * c.topRightCorner(n, n) * sy.cwiseInverse().asDiagonal();
    const MatrixXd difference = xx + yy - xy - xy.transpose();
    const Eigen::GeneralizedSelfAdjointEigenSolver<MatrixXd> eigen(difference, (xx + yy) / 2);
    const VectorXd lambda = eigen.eigenvalues().cwiseMax(1e-9);  // variance of each feature's difference
    MatrixXd rows(n, 2 * n);
    for (Index k = 0; k < n; ++k) {
      const VectorXd v = eigen.eigenvectors().col(k) / std::sqrt(lambda[k]);
      rows.row(k).head(n) = v.cwiseQuotient(sx).transpose();
      rows.row(k).tail(n) = -v.cwiseQuotient(sy).transpose();
    }
    return std::pair{rows, VectorXd(eigen.eigenvalues())};
  });
}

Standardisation standardise(const PixelSample& sample, const std::vector<double>& weights) {
  const MatrixXd pixels = matrix_of(sample);
  const WeightedStatistics s =
      weighted_statistics(pixels, Eigen::Map<const VectorXd>(weights.data(), static_cast<Index>(weights.size())));
  Standardisation out;
  for (Index b = 0; b < sample.bands; ++b) {
    const Index a = sample.bands + b;
    out.before_mean.push_back(static_cast<float>(s.mean[b]));
    out.before_sd.push_back(static_cast<float>(std::sqrt(s.covariance(b, b))));
    out.after_mean.push_back(static_cast<float>(s.mean[a]));
    out.after_sd.push_back(static_cast<float>(std::sqrt(s.covariance(a, a))));
  }
  return out;
}

LinearVariates standardised_difference(const Standardisation& s) {
  const std::size_t n = s.before_mean.size();
  LinearVariates model;
  model.variates = static_cast<int>(n);
  model.matrix.assign(n * 2 * n, 0);
  for (std::size_t b = 0; b < n; ++b) {
    model.matrix[b * 2 * n + b] = 1 / s.before_sd[b];
    model.matrix[b * 2 * n + n + b] = -1 / s.after_sd[b];
    model.constant.push_back(s.after_mean[b] / s.after_sd[b] - s.before_mean[b] / s.before_sd[b]);
  }
  return model;
}

}  // namespace plotwatch::change
