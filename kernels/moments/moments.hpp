// Weighted means and co-moments of stacked bands: what IR-MAD, slow features and PCA are fitted from.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

struct Moments {
  int n_bands = 0;
  std::int64_t count = 0;        // usable pixels, whatever their weight
  double weight = 0;             // sum of their weights
  std::vector<double> mean;      // n_bands; 0 where weight is 0
  std::vector<double> comoment;  // n_bands^2, row-major, symmetric: sum of w (x - mean)(x - mean)^T

  // As if both sets of pixels had been given in one call, to rounding (T. Chan, G. Golub, R. LeVeque, "Algorithms for
  // computing the sample variance", The American Statistician 37(3), 1983). A default-made Moments is neutral.
  // Merge in one fixed order: the last digits depend on it.
  void merge(const Moments& other);

  double covariance(int i, int j) const { return weight > 0 ? comoment[index(i, j)] / weight : 0.0; }

 private:
  std::size_t index(int i, int j) const { return static_cast<std::size_t>(i) * static_cast<std::size_t>(n_bands) + j; }
};

// samples: 1 to 16 bands, finite where usable. weight: finite, >= 0 where usable; an empty view means 1 everywhere.
// Sums run in double precision, in one order on every processor, on values less a shift near their mean, so that
// nothing is lost on data whose mean is far larger than its spread.
Moments moments(Backend backend, Planes<const float> samples, Mask usable, View<const float> weight);

}  // namespace plotwatch::kernels
