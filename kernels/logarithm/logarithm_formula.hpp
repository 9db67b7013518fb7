#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"
#include "kernels/significance/significance_formula.hpp"

namespace plotwatch::kernels {

PLOTWATCH_HD PLOTWATCH_INLINE float logarithm_value(float v, float floor) {
  constexpr float ln_2 = 0.693147181f;
  const float x = v + floor;
  const float ln = ln_2 * log2_approximate(x);
  return x == x ? ln : x;
}

}  // namespace plotwatch::kernels
