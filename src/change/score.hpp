// Scoring one tile with a change model.
#pragma once

#include <vector>

#include "change/change_model.hpp"
#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"
#include "kernels/gaussian/gaussian.hpp"
#include "kernels/morphology/morphology.hpp"
#include "kernels/runs/runs.hpp"

namespace plotwatch::change {

// Both dates on the working grid, planes in the order of ChangeModel::roles, all views of one size.
struct TileInput {
  kernels::Planes<const float> before, after;
  kernels::Mask usable;  // in both dates
};

// Storage of one worker, grown once and used again.
struct Workspace {
  std::vector<float> planes;
  std::vector<std::uint8_t> masks;
  kernels::GaussianScratch gaussian;
  kernels::MorphologyScratch morphology;
};

struct TileOutput {
  std::vector<std::uint8_t> score, transition;  // of the core, row-major; bytes as in score.tif and transition.tif,
                                                // transition before the runs are joined
  std::vector<kernels::Run> runs;               // of the core, in grid pixels
};

// Smoothed logarithmic scores of the whole input, and in the same way the strength of its static edges; NaN where not
// usable.
struct ScorePlanes {
  kernels::View<float> irmad, slow_features, difference, edges;
};
ScorePlanes score_planes(const ChangeModel& model, const TileInput& input, Workspace& workspace);

// `core`: part of the input's views to put out. `origin_x/y`: grid pixel of the views' (0, 0).
void detect(const ChangeModel& model, const TileInput& input, const PixelWindow& core, int origin_x, int origin_y,
            Workspace& workspace, TileOutput& output);

}  // namespace plotwatch::change
