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

// A band of one date; no plane where the date has no such band.
struct CoverBand {
  int plane = -1;
  float dark = 0;
};

// Which bands the decision is made from, chosen once from what a date has.
struct CoverPlan {
  CoverBand water[2], vegetation[2];  // the index is the normalised difference of first and second
  CoverBand built[2][2];              // minus the normalised difference of two sums; one of the summands may be missing
  float water_index, vegetation_ndvi, built_index;
};

PLOTWATCH_HD inline CoverPlan plan_cover(const CoverParams& p) {
  const CoverBand blue{p.blue, p.dark_blue}, green{p.green, p.dark_green}, red{p.red, p.dark_red},
      nir{p.nir, p.dark_nir}, swir16{p.swir16, p.dark_swir16}, none{};
  const CoverBand absorbed = swir16.plane >= 0 ? swir16 : nir;  // what water takes in most
  const CoverBand reflected = nir.plane >= 0 ? nir : green;
  CoverPlan plan{{green, absorbed}, {reflected, red},  {{red, none}, {blue, none}},
                 p.water_index,     p.vegetation_ndvi, p.built_index};
  if (swir16.plane >= 0 && red.plane >= 0 && nir.plane >= 0 && blue.plane >= 0) {
    plan.built[0][0] = swir16, plan.built[0][1] = red;
    plan.built[1][0] = nir, plan.built[1][1] = blue;
  }
  return plan;
}

// What stands for an index whose bands are missing: water is not told apart, the others cannot be decided.
inline constexpr float no_water_index = -std::numeric_limits<float>::infinity();
inline constexpr float no_index = std::numeric_limits<float>::quiet_NaN();

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

// One pixel; sample(band) gives its sample less the band's dark value.
template <class Sample>
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t cover_of(const CoverPlan& plan, Sample sample) {
  const auto index = [&](const CoverBand(&band)[2], float missing) {
    return band[0].plane >= 0 && band[1].plane >= 0 ? normalised_difference(sample(band[0]), sample(band[1])) : missing;
  };
  const auto sum = [&](const CoverBand(&band)[2]) {
    return band[1].plane >= 0 ? sample(band[0]) + sample(band[1]) : sample(band[0]);
  };
  const bool can_tell_built = plan.built[0][0].plane >= 0 && plan.built[1][0].plane >= 0;
  const float built = can_tell_built ? -normalised_difference(sum(plan.built[0]), sum(plan.built[1])) : no_index;
  return classified(index(plan.water, no_water_index), index(plan.vegetation, no_index), built, plan.water_index,
                    plan.vegetation_ndvi, plan.built_index);
}

PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t transition_code(std::int32_t before, std::int32_t after, bool usable) {
  return static_cast<std::uint8_t>(usable ? 1 + 5 * before + after : transition_code_nodata);
}

}  // namespace plotwatch::kernels
