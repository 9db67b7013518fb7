// The symmetric sum that both passes make.
#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// taps[0] centre + sum over k of taps[k] (left_k + right_k), nearest first; at(k) gives the sample k steps away.
template <class At>
PLOTWATCH_HD PLOTWATCH_INLINE float symmetric_sum(const float* taps, int radius, At at) {
  float sum = taps[0] * at(0);
  for (int k = 1; k <= radius; ++k) sum = sum + taps[k] * (at(-k) + at(k));
  return sum;
}

}  // namespace plotwatch::kernels
