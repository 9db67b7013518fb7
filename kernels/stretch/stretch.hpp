// Linear contrast stretch to bytes, for pictures and for matching.
#pragma once

#include <cstdint>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

struct Stretch {
  float low = 0;
  float high = 1;  // > low
};

// low and less become 1, high and more 255, between them linear and rounded to the nearest (halves up); 0 where not
// usable or NaN.
void to_byte(Backend backend, View<const float> in, Mask usable, Stretch stretch, MutableMask out);

}  // namespace plotwatch::kernels
