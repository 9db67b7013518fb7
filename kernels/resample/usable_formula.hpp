// Whether one sample can be used at all.
#pragma once

#include <cstdint>
#include <limits>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

template <class T>
PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t without_nodata(std::uint8_t usable, T sample, T nodata) {
  return static_cast<std::uint8_t>(usable & (sample != nodata));
}

// NaN fails both comparisons.
PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t where_finite(std::uint8_t usable, float sample) {
  constexpr float most = std::numeric_limits<float>::max();
  return static_cast<std::uint8_t>(usable & (sample >= -most) & (sample <= most));
}

}  // namespace plotwatch::kernels
