// From finished tiles to ranked candidates and to what was seen of every plot.
#pragma once

#include <vector>

#include "change/change_model.hpp"
#include "model/candidate.hpp"
#include "model/options.hpp"
#include "model/registration.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/work_folder.hpp"

namespace plotwatch::pipeline {

struct Findings {
  std::vector<ChangeComponent> components;    // kept, in grid order
  std::vector<Candidate> candidates;          // by rank
  std::vector<PlotObservation> observations;  // parallel to the register
};

Findings find_candidates(const Inputs& inputs, const ScanOptions& options, const Registration& registration,
                         WorkFolder& work);

// How sure a candidate is, [0, 1]: its mean score, less where its pixels disagree on the transition, less where the
// scenes do not lie on each other well: mean_score * (0.6 + 0.4 transition_share) / (1 + residual_px^2).
double confidence(double mean_score, double transition_share, double registration_residual_px);

// Order of visits: severity first; then confidence times the square root of the area, so that a large change is not
// buried under small sharp ones; then the id.
void rank(std::vector<Candidate>& candidates);

}  // namespace plotwatch::pipeline
