// Weighted statistics of a pixel sample and the chi-square weights of iterative reweighting. Private to change/.
#pragma once

#include <Eigen/Dense>

#include "change/samples.hpp"

namespace plotwatch::change {

struct WeightedStatistics {
  Eigen::VectorXd mean;        // 2 * bands
  Eigen::MatrixXd covariance;  // 2 * bands square, normalised by the sum of weights
};

// Columns are pixels. `weights` of one a pixel, not negative, not all zero.
Eigen::MatrixXd matrix_of(const PixelSample& sample);
WeightedStatistics weighted_statistics(const Eigen::MatrixXd& pixels, const Eigen::VectorXd& weights);

// Probability that a chi-square variable with `degrees` degrees of freedom exceeds `value` (closed forms,
// Abramowitz & Stegun 26.4.4-5).
double chi_square_tail(double value, int degrees);

}  // namespace plotwatch::change
