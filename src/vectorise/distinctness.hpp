// How unlike a season, an edge and noise a change is: what decides whether it is a candidate.
#pragma once

#include "model/candidate.hpp"
#include "model/evidence.hpp"
#include "model/stage.hpp"

namespace plotwatch::vectorise {

// One number, about -3 to 5; docs/decisions/0019 and 0025 tell how the weights were chosen:
//   + rarity            what the scene's other ground did not do
//   + core share / 2    what is thick
//   + 2 (mean score - 0.6)   what is far from unchanged
//   - 0.5               a crop or regrowth, which is no construction
// and, times `outline_weight` (ChangeOptions):
//   + 1.5 (compactness - 0.5)   what has the outline of something made; in full from 100 pixels on, not at all below 9,
//                       where an outline shows little but the raster
//   - 1                 longer than three times its width, and no road: edges, shadows, strips of a field
double distinctness(const ChangeEvidence& evidence, Stage stage, const OutlineShape& outline, double outline_weight);

// What it can be at most, before stage and outline are known.
double greatest_distinctness(const ChangeEvidence& evidence, double outline_weight);

}  // namespace plotwatch::vectorise
