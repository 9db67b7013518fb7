#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"
#include "kernels/rarity/rarity.hpp"

namespace plotwatch::kernels {

// 0 to 31; comparisons with NaN are false, which gives 0.
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t rarity_level(float position) {
  constexpr float last = static_cast<float>(rarity_levels - 1);
  const float low = position > 0.0f ? position : 0.0f;
  return static_cast<std::int32_t>(low < last ? low : last);
}

// The number that a stored value stands for; not of rarity_nodata.
inline double rarity_of_byte(std::uint8_t byte) { return byte / static_cast<double>(rarity_steps); }

PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t rarity_of(std::int32_t class_before, std::int32_t class_after, bool usable,
                                                     const std::uint8_t* table) {
  return usable ? table[class_before * rarity_classes + class_after] : rarity_nodata;
}

}  // namespace plotwatch::kernels
