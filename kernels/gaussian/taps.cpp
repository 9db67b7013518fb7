#include "kernels/gaussian/taps.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace plotwatch::kernels {

void make_taps(float sigma, int radius, float* taps) {
  std::array<double, max_gaussian_radius + 1> g;
  const std::size_t count = static_cast<std::size_t>(radius) + 1;
  double sum = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const double t = static_cast<double>(k) / sigma;
    g[k] = std::exp(-0.5 * t * t);
    sum += k == 0 ? g[k] : 2 * g[k];
  }
  for (std::size_t k = 0; k < count; ++k) taps[k] = static_cast<float>(g[k] / sum);
}

}  // namespace plotwatch::kernels
