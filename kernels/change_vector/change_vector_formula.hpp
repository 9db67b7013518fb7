// Squared spectral distance of one pixel on one date to one pixel on the other.
#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// Bands in order; a and b give band k's sample.
template <class A, class B>
PLOTWATCH_HD PLOTWATCH_INLINE float squared_distance(int bands, A a, B b) {
  float sum = 0.0f;
  for (int k = 0; k < bands; ++k) {
    const float difference = a(k) - b(k);
    sum = sum + difference * difference;
  }
  return sum;
}

}  // namespace plotwatch::kernels
