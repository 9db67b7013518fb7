#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

PLOTWATCH_HD PLOTWATCH_INLINE float affine_value(float v, float gain, float bias) { return gain * v + bias; }

}  // namespace plotwatch::kernels
