// Resampling as its contract says it, one pixel at a time in double precision, with nothing shared with the kernel.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "kernels/resample/resample.hpp"

namespace plotwatch::test {

struct NaivePosition {
  std::int64_t x, y;
};

inline std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

inline NaivePosition naive_position(const kernels::CoordinateLattice& lattice, int x, int y) {
  const std::int64_t step = std::int64_t{1} << lattice.step_log2;
  const std::int64_t gx = x + lattice.offset_x, gy = y + lattice.offset_y;
  const std::int64_t c = gx / step, r = gy / step, fx = gx % step, fy = gy % step;
  const auto at = [&](const std::int32_t* nodes) {
    const auto node = [&](std::int64_t column, std::int64_t row, std::int64_t weight) -> std::int64_t {
      return weight == 0 ? 0 : weight * nodes[row * lattice.columns + column];
    };
    const std::int64_t sum = node(c, r, (step - fx) * (step - fy)) + node(c + 1, r, fx * (step - fy)) +
                             node(c, r + 1, (step - fx) * fy) + node(c + 1, r + 1, fx * fy);
    return floor_divide(2 * sum + step * step, 2 * step * step);
  };
  return {at(lattice.x), at(lattice.y)};
}

inline double naive_kernel(kernels::Interpolation interpolation, double t) {
  const double u = std::fabs(t);
  if (interpolation == kernels::Interpolation::bilinear) return std::fmax(0.0, 1.0 - u);
  constexpr double a = -0.5;
  if (u <= 1) return (a + 2) * u * u * u - (a + 3) * u * u + 1;
  if (u < 2) return a * u * u * u - 5 * a * u * u + 8 * a * u - 4 * a;
  return 0;
}

struct NaiveSample {
  bool usable;
  double value;  // before scale and offset
  double share;  // of the positive weight on usable taps
};

template <class T>
NaiveSample naive_sample(kernels::View<const T> band, kernels::Mask usable, NaivePosition p,
                         const kernels::ResampleParams& params) {
  const auto tap_usable = [&](std::int64_t x, std::int64_t y) {
    return x >= 0 && y >= 0 && x < usable.width && y < usable.height &&
           usable(static_cast<int>(x), static_cast<int>(y)) != 0;
  };
  const std::int64_t nearest_x = floor_divide(p.x, 256), nearest_y = floor_divide(p.y, 256);
  if (!tap_usable(nearest_x, nearest_y)) return {false, 0, 0};
  if (params.interpolation == kernels::Interpolation::nearest)
    return {true, static_cast<double>(band(static_cast<int>(nearest_x), static_cast<int>(nearest_y))), 1};
  const double cx = static_cast<double>(p.x - 128) / 256, cy = static_cast<double>(p.y - 128) / 256;
  const double sx = std::fmax(1.0, params.shrink_x), sy = std::fmax(1.0, params.shrink_y);
  const auto reach_x = static_cast<std::int64_t>(std::ceil(2 * sx)) + 1;
  const auto reach_y = static_cast<std::int64_t>(std::ceil(2 * sy)) + 1;
  double sum = 0, weight = 0, positive = 0, all_positive = 0;
  for (std::int64_t y = nearest_y - reach_y; y <= nearest_y + reach_y; ++y) {
    for (std::int64_t x = nearest_x - reach_x; x <= nearest_x + reach_x; ++x) {
      const double w = naive_kernel(params.interpolation, (static_cast<double>(x) - cx) / sx) *
                       naive_kernel(params.interpolation, (static_cast<double>(y) - cy) / sy);
      all_positive += std::fmax(w, 0.0);
      if (!tap_usable(x, y)) continue;
      sum += w * static_cast<double>(band(static_cast<int>(x), static_cast<int>(y)));
      weight += w;
      positive += std::fmax(w, 0.0);
    }
  }
  const double share = positive / all_positive;
  return {share >= params.min_weight, sum / weight, share};
}

}  // namespace plotwatch::test
