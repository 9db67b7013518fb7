// One sample's part in the shifted sums.
#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// 0 where not usable: the sample may be NaN there. The difference of two floats is exact in double, up to their range.
PLOTWATCH_HD PLOTWATCH_INLINE double shifted(float sample, double shift, bool usable) {
  const double difference = static_cast<double>(sample) - shift;
  return usable ? difference : 0.0;
}

}  // namespace plotwatch::kernels
