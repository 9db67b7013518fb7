// From a pair on a grid to the field between its dates: the registration stage, fed with pixels.
#pragma once

#include <vector>

#include "core/grid.hpp"
#include "model/band_role.hpp"
#include "model/registration.hpp"
#include "pipeline/pair_reader.hpp"

namespace plotwatch::pipeline {

// Planes that carry edges in any season, of bands with these roles: two at most, or what there is. Ascending.
std::vector<int> matching_planes(const std::vector<BandRole>& roles);

// Tie points are measured in `windows` of the grid, in the bands `planes` of the reader's; where the field bends, once
// more through it. The result does not depend on how many threads there are.
Registration match_pair(const Grid& grid, const std::vector<PixelWindow>& windows, const std::vector<int>& planes,
                        const PairReader& reader, const RegistrationOptions& options);

}  // namespace plotwatch::pipeline
