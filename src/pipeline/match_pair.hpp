// From a pair on a grid to the field between its dates: the registration stage, fed with pixels.
#pragma once

#include <vector>

#include "core/grid.hpp"
#include "model/band_role.hpp"
#include "model/registration.hpp"
#include "pipeline/device_choice.hpp"
#include "pipeline/pair_reader.hpp"

namespace plotwatch::pipeline {

// Planes that carry edges in any season, of bands with these roles: two at most, or what there is. Ascending.
std::vector<int> matching_planes(const std::vector<BandRole>& roles);

// Tie points are measured in `windows` of the grid, in the bands `planes` of the reader's; where the field bends, once
// more through it. The result does not depend on how many threads there are.
// Windows are correlated on `device` where that is none of the processor's, within `memory` bytes of it a worker; the
// points have the same bits. `log`, where given, tells how much of it was done there.
struct MatchingDevice {
  DeviceChoice choice;
  std::size_t memory = 0;
};
struct MatchingLog {
  std::size_t on_device = 0;     // correlations
  std::size_t again_on_cpu = 0;  // of them, those that did not decide; see registration/surface.hpp
};
Registration match_pair(const Grid& grid, const std::vector<PixelWindow>& windows, const std::vector<int>& planes,
                        const PairReader& reader, const RegistrationOptions& options, const MatchingDevice& device = {},
                        MatchingLog* log = nullptr);

}  // namespace plotwatch::pipeline
