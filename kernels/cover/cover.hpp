// Land cover on each date from broad-band indices, and what changed into what.
//
// water       water index > water_index: MNDWI (green - swir16)/(green + swir16) (H. Xu, Int. J. Remote Sensing 27(14),
//             2006), without swir16 NDWI (green - nir)/(green + nir) (S. McFeeters, Int. J. Remote Sensing 17(7), 1996)
// vegetation  else NDVI (nir - red)/(nir + red) (C. Tucker, Remote Sensing of Environment 8(2), 1979), without nir
//             (green - red)/(green + red), > vegetation_ndvi
// built, bare else built where the built score > built_index, bare where not. The built score is -BSI,
//             BSI = ((swir16 + red) - (nir + blue)) / ((swir16 + red) + (nir + blue)) (A. Rikimaru, P. Roy, S. Miyatake,
//             Tropical Ecology 43(1), 2002); where one of those bands is missing -(red - blue)/(red + blue): roofs and
//             concrete have flatter or bluer spectra than soil
// unknown     where an index that the decision needs has a sum <= 0, or NaN, or bands for it are missing: no guesses.
//             Missing water bands only mean that water is not told apart.
#pragma once

#include <cstdint>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// The numbers of plotwatch::Cover (model/transition.hpp).
inline constexpr std::uint8_t cover_unknown = 0, cover_vegetation = 1, cover_bare = 2, cover_built = 3, cover_water = 4;
inline constexpr std::uint8_t transition_code_nodata = 255;

// One date's planes and thresholds. Plane indices count from 0; -1: the scene has no such band. The default thresholds
// suit surface reflectance.
struct CoverParams {
  int blue = -1, green = -1, red = -1, nir = -1, swir16 = -1, swir22 = -1;
  float vegetation_ndvi = 0.3f;
  float water_index = 0.1f;
  float built_index = -0.12f;
  // Path radiance taken off each band before any index, in its own unit; 0 for surface reflectance. What falls below 0
  // counts as 0 (dark-object subtraction: P. Chavez, Remote Sensing of Environment 24(3), 1988).
  float dark_blue = 0, dark_green = 0, dark_red = 0, dark_nir = 0, dark_swir16 = 0;
};

// code = 1 + 5 * cover before + cover after; transition_code_nodata where not usable. Bands hold reflectance or anything
// proportional to it; before and after may have different bands.
void transition(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
                const CoverParams& before_params, const CoverParams& after_params, MutableMask code);

}  // namespace plotwatch::kernels
