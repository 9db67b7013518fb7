// Whether a pair that could not be registered can still be compared.
#pragma once

#include <optional>
#include <string>

#include "model/change.hpp"
#include "model/registration.hpp"

namespace plotwatch::pipeline {

// One sentence that says why the dates cannot be compared; empty when they can. They cannot when no field was accepted
// (registration was on) and what was measured says that they lie further apart than ChangeOptions::bearable_px():
//   - the points held out lie that far off;
//   - the tie points contradict each other, and half of them lie that far off;
//   - there are too few tie points, and the coarse step found a shift as large;
//   - or the ground does not match: of at least twice `min_tie_points` windows with texture and without cloud, less
//     than a tenth found their place.
// Where nothing could be measured (cloud, flat ground) a pair is compared as it lies, at lower confidence.
std::optional<std::string> why_not_comparable(const Registration& registration, const RegistrationOptions& options,
                                              const ChangeOptions& change);

}  // namespace plotwatch::pipeline
