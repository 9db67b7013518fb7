// Where vegetation ends and water begins on each date, from the date's own index histograms.
#pragma once

#include <vector>

#include "change/samples.hpp"
#include "kernels/cover/cover.hpp"
#include "model/band_role.hpp"
#include "model/scene.hpp"

namespace plotwatch::change {

enum class When { before, after };

// Thresholds of one date. Otsu's threshold (IEEE Trans. SMC 9(1), 1979) of each index within the range that the
// literature allows it; for anything but surface reflectance the darkest half percent of each band is taken off
// first (dark-object subtraction: Chavez, Remote Sensing of Environment 24, 1988), because haze in the visible bands
// shifts every index.
kernels::CoverParams cover_params(const PixelSample& sample, When when, const std::vector<BandRole>& roles,
                                  Calibration calibration);

// Otsu's threshold of the values inside [low, high], 256 bins; `fallback` when fewer than two bins are filled.
double otsu(const std::vector<float>& values, double low, double high, double fallback);

}  // namespace plotwatch::change
