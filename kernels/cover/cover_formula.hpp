// The decision for one pixel of one date.
#pragma once

#include <cstdint>
#include <limits>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"
#include "kernels/cover/cover.hpp"

namespace plotwatch::kernels {

// A sample without the light that never touched the ground.
PLOTWATCH_HD PLOTWATCH_INLINE float above_dark(float value, float dark) {
  const float rest = value - dark;
  return rest < 0.0f ? 0.0f : rest;  // NaN stays NaN
}

// NaN where the sum is not above 0: no index from dark or negative samples.
PLOTWATCH_HD PLOTWATCH_INLINE float normalised_difference(float a, float b) {
  const float sum = a + b;
  const float index = (a - b) / sum;
  return sum > 0.0f ? index : std::numeric_limits<float>::quiet_NaN();
}

// An index that is NaN and that the decision comes to need makes the cover unknown. Selects only, last word first, so
// that the loop stays free of branches.
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t classified(float water, float vegetation, float built, float water_index,
                                                      float vegetation_ndvi, float built_index) {
  std::int32_t cover = built > built_index ? cover_built : cover_bare;
  cover = built == built ? cover : cover_unknown;
  cover = vegetation > vegetation_ndvi ? cover_vegetation : cover;
  cover = vegetation == vegetation ? cover : cover_unknown;
  cover = water > water_index ? cover_water : cover;
  return water == water ? cover : cover_unknown;
}

PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t transition_code(std::int32_t before, std::int32_t after, bool usable) {
  return static_cast<std::uint8_t>(usable ? 1 + 5 * before + after : transition_code_nodata);
}

}  // namespace plotwatch::kernels
