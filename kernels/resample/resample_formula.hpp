// Kernels, positions and sums of the resampling, each once.
#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// Keys' cubic convolution kernel, a = -1/2; t in source pixels from the position.
PLOTWATCH_HD inline double keys_cubic(double t) {
  const double u = t < 0 ? -t : t;
  if (u < 1) return 1 + u * u * (1.5 * u - 2.5);
  if (u < 2) return 2 + u * (-4 + u * (2.5 - 0.5 * u));
  return 0;
}

PLOTWATCH_HD inline double triangle(double t) {
  const double u = t < 0 ? -t : t;
  return u < 1 ? 1 - u : 0;
}

// Positions are 1/256 pixel with pixel 0 on [0, 256). Shifts of negative numbers round down (C++20).
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t nearest_pixel(std::int32_t position) { return position >> 8; }
// The sample centre at or left of the position, and how far the position lies beyond it, 0 to 255.
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t sample_before(std::int32_t position) { return (position - 128) >> 8; }
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t phase(std::int32_t position) { return (position - 128) & 255; }

// One column of a window of four rows; V is a float, or several columns side by side.
template <class V>
PLOTWATCH_HD PLOTWATCH_INLINE V column_sum(V s0, V s1, V s2, V s3, float w0, float w1, float w2, float w3) {
  return ((s0 * w0 + s1 * w1) + s2 * w2) + s3 * w3;
}

// Weighted columns are added up in four lanes (column j in lane j mod 4), then the lanes in this order.
PLOTWATCH_HD PLOTWATCH_INLINE float lane_sum(float l0, float l1, float l2, float l3) { return (l0 + l2) + (l1 + l3); }

}  // namespace plotwatch::kernels
