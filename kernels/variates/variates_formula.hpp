// One linear variate of one pixel.
#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// constant + row . x, bands in order; Bands is a compile-time count where the caller knows it, so that the sum unrolls.
template <class Samples>
PLOTWATCH_HD PLOTWATCH_INLINE float variate(const float* row, float constant, int bands, Samples x) {
  float sum = constant;
  for (int b = 0; b < bands; ++b) sum = sum + row[b] * x(b);
  return sum;
}

}  // namespace plotwatch::kernels
