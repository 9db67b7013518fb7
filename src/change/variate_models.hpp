// Linear models of "nothing changed", fitted on the pair itself by iterative reweighting: each variate of an
// unchanged pixel has mean 0 and variance 1, so their sum of squares is near a chi-square.
#pragma once

#include <vector>

#include "change/samples.hpp"

namespace plotwatch::change {

// variates x (2 * bands), row-major, applied to the before bands followed by the after bands; plus a constant.
struct LinearVariates {
  int variates = 0;
  std::vector<float> matrix;
  std::vector<float> constant;
};

struct VariateFit {
  LinearVariates model;
  std::vector<double> roots;    // canonical correlations (IR-MAD), or generalised eigenvalues (slow features)
  std::vector<double> weights;  // one a pixel of the sample: its no-change probability in the last iteration
  int iterations = 0;
  bool converged = false;
};

// Iteratively reweighted multivariate alteration detection: A. A. Nielsen, "The regularized iteratively reweighted
// MAD method for change detection in multi- and hyperspectral data", IEEE TIP 16(2), 2007. Without reweighting
// (max_iterations = 1) it is MAD: Nielsen, Conradsen, Simpson, Remote Sensing of Environment 64, 1998.
// Throws Error(mismatch) when the sample has fewer than 50 * bands pixels or a band is constant.
VariateFit irmad(const PixelSample& sample, int max_iterations);

// Iterated slow feature analysis: C. Wu, B. Du, L. Zhang, "Slow feature analysis for change detection in
// multispectral imagery", IEEE TGRS 52(5), 2014. The same errors.
VariateFit slow_features(const PixelSample& sample, int max_iterations);

// The difference of both dates, each standardised by its mean and standard deviation over pixels weighted with
// their no-change probability (change vector analysis: Malila 1980). `weights` of one a pixel of the sample.
struct Standardisation {
  std::vector<float> before_mean, before_sd, after_mean, after_sd;  // one a band
};
Standardisation standardise(const PixelSample& sample, const std::vector<double>& weights);
LinearVariates standardised_difference(const Standardisation& s);

}  // namespace plotwatch::change
