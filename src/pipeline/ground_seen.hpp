// What each date shows of changed ground, in numbers: medians of bands and indices.
#pragma once

#include <utility>

#include "change/change_model.hpp"
#include "model/candidate.hpp"
#include "model/displacement_field.hpp"
#include "pipeline/pair_reader.hpp"

namespace plotwatch::pipeline {

struct GroundWorker {
  explicit GroundWorker(const PairReader& r) : reader(r) {}
  PairReader::Worker reader;
  PairTile tile;
};

// Before and after, over the pixels of `changed` that are usable on both dates; of more than some thousand an even
// share. Shares of cover are left to whoever has the transition raster. The result does not depend on tiles or workers.
std::pair<GroundSeen, GroundSeen> ground_seen(const ChangeComponent& changed, const change::ChangeModel& model,
                                              const DisplacementField& field, const PairReader& reader,
                                              GroundWorker& worker);

}  // namespace plotwatch::pipeline
