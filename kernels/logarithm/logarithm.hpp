// Natural logarithm of a score: sums of squares of unchanged pixels are skewed, their logarithm is nearly symmetric,
// so that a location and a scale describe it.
#pragma once

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// out = ln(in + floor), in >= 0, floor > 0; absolute error below 2e-6 (1 + |out|). NaN stays NaN. `out` may be the
// input.
void logarithm(Backend backend, View<const float> in, float floor, View<float> out);

}  // namespace plotwatch::kernels
