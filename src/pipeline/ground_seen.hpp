// What each date shows of changed ground, in numbers: medians of bands and indices.
#pragma once

#include <utility>
#include <vector>

#include "change/change_model.hpp"
#include "model/candidate.hpp"
#include "pipeline/changed_ground.hpp"

namespace plotwatch::pipeline {

// Storage of one worker, used again.
struct GroundWorker {
  using Samples = std::vector<std::vector<float>>;  // of each band, pixel after pixel
  Samples before, after;
  std::vector<double> scratch;
};

// Before and after, over the pixels of `changed` that are usable on both dates; of more than some thousand an even
// share. Shares of cover are left to whoever has the transition raster. The result does not depend on tiles or workers.
std::pair<GroundSeen, GroundSeen> ground_seen(const ChangeComponent& changed, const change::ChangeModel& model,
                                              const ChangedGround& ground, GroundWorker& worker);

}  // namespace plotwatch::pipeline
