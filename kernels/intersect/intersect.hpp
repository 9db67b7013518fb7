// Pixels that two masks have in common.
#pragma once

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// inout = 1 where both are not 0, else 0. Views of one size; `in` may be inout's own memory.
void intersect(Backend backend, Mask in, MutableMask inout);

}  // namespace plotwatch::kernels
