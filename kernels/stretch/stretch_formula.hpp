// One sample to one byte of a picture.
#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"
#include "kernels/stretch/stretch.hpp"

namespace plotwatch::kernels {

PLOTWATCH_HD inline float stretch_gain(Stretch stretch) { return 254.0f / (stretch.high - stretch.low); }

// gain = 254 / (high - low). The clamp comes before the conversion, which has no meaning outside an int's range; it
// turns NaN into 0, so NaN must be caught by the select, not by the clamp.
PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t stretched_byte(float v, float low, float gain, bool usable) {
  const float level = (v - low) * gain;
  const float above = level > 0.0f ? level : 0.0f;
  const float clamped = above < 254.0f ? above : 254.0f;
  const auto byte = static_cast<std::int32_t>(clamped + 1.5f);
  return static_cast<std::uint8_t>((usable && v == v) ? byte : 0);
}

}  // namespace plotwatch::kernels
