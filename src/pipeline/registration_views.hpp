// Places at which a person may judge a registration by eye.
#pragma once

#include <vector>

#include "model/register_result.hpp"
#include "pipeline/pair_reader.hpp"

namespace plotwatch::pipeline {

// Three at most, each where something is to be seen: where most tie points agree, where the field moves the target the
// farthest from its mean, and where the tie points contradict it most; the middle of a pair without tie points that
// agree.
std::vector<RegistrationView> registration_views(const Grid& grid, const Registration& registration,
                                                 const PairReader& reader);

}  // namespace plotwatch::pipeline
