// Scoring one tile with a change model.
#pragma once

#include <vector>

#include "change/change_model.hpp"
#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"
#include "kernels/components/components.hpp"
#include "kernels/gaussian/gaussian.hpp"
#include "kernels/morphology/morphology.hpp"
#include "kernels/runs/runs.hpp"

namespace plotwatch::change {

// Added to a score before its logarithm: far below what unchanged ground scores, so only exact zeros feel it.
inline constexpr float log_floor = 1e-3f;

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
  kernels::ComponentsScratch components;
};

struct TileOutput {
  // Of the core, row-major. Bytes as in score.tif and transition.tif, transition before the runs are joined; rarity as
  // kernels/rarity stores it.
  std::vector<std::uint8_t> score, transition, rarity;
  // Of the core, in grid pixels; without components that lie inside the core and hold no pixel above the strong cut,
  // which the joining of tiles would drop.
  std::vector<kernels::Run> runs;
};

// The weight of a band's differences between the neighbours of a pixel, for edges of standardised samples: its standard
// deviation of the date goes in.
std::vector<float> edge_weights(const std::vector<float>& sd);

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
