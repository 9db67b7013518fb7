// Robust statistics of residual lengths in two dimensions.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace plotwatch::registration {

// Standard deviation along one axis: the median of a Rayleigh distribution is 1.1774 of it. 0 for no residuals.
inline double robust_spread(std::vector<double> lengths) {
  if (lengths.empty()) return 0;
  const auto middle = lengths.begin() + std::ptrdiff_t(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return *middle / 1.17741;
}

// Residual length at which Tukey's weight reaches 0: six spreads, at least a fiftieth of a pixel, at most `largest`.
inline double tukey_cut(const std::vector<double>& lengths, double largest) {
  return std::min(std::max(6 * robust_spread(lengths), 0.02), largest);
}

inline double tukey_weight(double length, double cut) {
  if (length >= cut) return 0;
  const double u = 1 - (length / cut) * (length / cut);
  return u * u;
}

}  // namespace plotwatch::registration
