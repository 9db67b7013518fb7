// From survey windows to a change model, in two looks at the same windows: pixel vectors first, then the scores that
// the fitted models give, which calibrate the cut.
#pragma once

#include <vector>

#include "change/change_model.hpp"
#include "change/samples.hpp"
#include "change/score.hpp"
#include "model/change.hpp"
#include "model/scene.hpp"

namespace plotwatch::change {

// Scores and edges of sample pixels, after smoothing and logarithm, and how each looked; one index is one pixel.
struct ScoreSample {
  std::vector<float> irmad, slow_features, difference, edges;
  std::vector<CellPair> cells;
};

// First look: everything but the null distributions. Throws as irmad() does.
ChangeModel fit(const PixelSample& sample, const std::vector<BandRole>& roles, Calibration before, Calibration after,
                double registration_residual_px, const ChangeOptions& options);

// Second look: adds the scores of the window's core on every `step`-th row and column of the grid.
void append_scores(ScoreSample& sample, const ChangeModel& model, const TileInput& window, const PixelWindow& core,
                   int origin_x, int origin_y, int step, Workspace& workspace);

// Nulls, cuts, and what ground of each look turned into.
void calibrate(ChangeModel& model, const ScoreSample& sample, const ChangeOptions& options);

}  // namespace plotwatch::change
