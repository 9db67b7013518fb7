// The look at a share of the ground that comes before the tiles: how the pair is displaced, and what unchanged ground
// looks like in it. The blocks it decodes stay in the cache for the tiles that follow.
#pragma once

#include <vector>

#include "change/change_model.hpp"
#include "core/grid.hpp"
#include "model/options.hpp"
#include "model/registration.hpp"
#include "pipeline/coverage.hpp"
#include "pipeline/hooks.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/match_pair.hpp"
#include "pipeline/pair_reader.hpp"

namespace plotwatch::pipeline {

// Windows of the working grid to look at: all of a small grid; of a large one at most `survey_cells` cells of a fixed
// lattice, spread evenly, scanned ground first. Cells start at `block_corner` (a corner of the decode blocks, in grid
// pixels) and are narrowed by a margin, so that looking at one decodes one block of each date, not its neighbours too.
std::vector<PixelWindow> survey_windows(const Grid& grid, const Coverage& coverage, Point block_corner);

struct SurveyResult {
  Registration registration;
  change::ChangeModel model;
  MatchingLog matching;
};

SurveyResult survey(const Inputs& inputs, const ScanOptions& options, const Coverage& coverage,
                    const PairReader& reader, const MatchingDevice& device, const Hooks& hooks);

}  // namespace plotwatch::pipeline
