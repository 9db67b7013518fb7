// The arithmetic around the transforms.
#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

struct Complex {
  float re, im;
};

// What a pixel of a window puts into its transform.
PLOTWATCH_HD PLOTWATCH_INLINE Complex weighted(float x, float y, float weight) { return {x * weight, y * weight}; }

// after * conj(before), added to what other pairs gave.
PLOTWATCH_HD PLOTWATCH_INLINE Complex add_cross(Complex sum, Complex after, Complex before) {
  return {sum.re + (after.re * before.re + after.im * before.im),
          sum.im + (after.im * before.re - after.re * before.im)};
}

// Where displacement d lies among n that wrap around.
PLOTWATCH_HD PLOTWATCH_INLINE int wrapped(int d, int n) { return d < 0 ? d + n : d; }

}  // namespace plotwatch::kernels
