#include "change/weighted.hpp"

#include <cmath>
#include <numbers>

namespace plotwatch::change {

Eigen::MatrixXd matrix_of(const PixelSample& sample) {
  return Eigen::Map<const Eigen::MatrixXf>(sample.values.data(), 2 * sample.bands,
                                           static_cast<Eigen::Index>(sample.pixels()))
      .cast<double>();
}

WeightedStatistics weighted_statistics(const Eigen::MatrixXd& pixels, const Eigen::VectorXd& weights) {
  const double total = weights.sum();
  WeightedStatistics s;
  s.mean = pixels * weights / total;
  const Eigen::MatrixXd scaled = (pixels.colwise() - s.mean) * weights.cwiseSqrt().asDiagonal();
  s.covariance = Eigen::MatrixXd::Zero(pixels.rows(), pixels.rows());
  s.covariance.selfadjointView<Eigen::Lower>().rankUpdate(scaled, 1.0 / total);
  s.covariance.triangularView<Eigen::StrictlyUpper>() = s.covariance.transpose();
  return s;
}

double chi_square_tail(double value, int degrees) {
  if (!(value > 0)) return 1;
  const double half = value / 2;
  if (degrees % 2 == 0) {
    double term = std::exp(-half), sum = term;
    for (int k = 1; k < degrees / 2; ++k) sum += term *= half / k;
    return std::min(sum, 1.0);
  }
  double sum = std::erfc(std::sqrt(half));
  double term = std::sqrt(value) * std::exp(-half) * std::sqrt(2 / std::numbers::pi);
  for (int k = 1; k < degrees; k += 2) {
    sum += term;
    term *= value / (k + 2);
  }
  return std::min(sum, 1.0);
}

}  // namespace plotwatch::change
