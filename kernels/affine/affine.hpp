// out = gain * in + bias: brings bands to zero mean and unit variance, or one date to the radiometry of the other.
#pragma once

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// Any unit. NaN stays NaN. `out` may be the input itself.
void affine(Backend backend, View<const float> in, float gain, float bias, View<float> out);

}  // namespace plotwatch::kernels
