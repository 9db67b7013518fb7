// Whether a scene is good enough to be compared at all.
#pragma once

#include <span>
#include <string>

#include "model/nightly.hpp"
#include "pipeline/nightly/scene_look.hpp"

namespace plotwatch::pipeline::nightly {

// Why a scene is set aside, empty when it is not: no plot on it; cloud over the plots; or, where there are enough
// earlier scenes of its sensor and season to tell, a brightness far from all of them, as haze, snow or a wrong
// calibration gives it. Pure.
//
// Brightness: for each band the median under plots over the median of those of the earlier scenes. The scene is out
// when in most of its bands this ratio differs from 1 by more than max_brightness_change. `past`: scenes that were
// used; those of the season are within 45 days of it in the year.
std::string refusal(const SceneLook& look, std::span<const SceneLook> past, const GateOptions& options);

}  // namespace plotwatch::pipeline::nightly
