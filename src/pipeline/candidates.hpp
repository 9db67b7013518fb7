// From finished tiles to ranked candidates and to what was seen of every plot.
#pragma once

#include <vector>

#include "change/change_model.hpp"
#include "model/candidate.hpp"
#include "model/options.hpp"
#include "model/registration.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/work_folder.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::pipeline {

struct Findings {
  std::vector<ChangeComponent> components;    // kept, in grid order
  std::vector<Candidate> candidates;          // by rank
  std::vector<PlotObservation> observations;  // parallel to the register
};

Findings find_candidates(const Inputs& inputs, const ScanOptions& options, const Registration& registration,
                         const change::ChangeModel& model, WorkFolder& work);

// Whether a plot's part of a change would count were it all there is: one of its own pixels passes the strict cut, and
// it covers `min_change_m2`, the smallest change, or half of a plot that is smaller. A field that changed beside the
// plot and reaches over its boundary by a pixel is then no finding on it.
bool stands_alone(const vectorise::PatchOnPlot& part, const ChangeEvidence& evidence, double min_change_m2,
                  double strong_score);

// How sure a candidate is, [0, 1]: by its distinctness, of which 3 is beyond doubt, less where the scenes do not lie on
// each other well: min(1, distinctness / 3) / (1 + residual_px^2).
double confidence(double distinctness, double registration_residual_px);

// The distinctness that `per_km2` of these changes on a km2 of the observed ground reach; the lowest possible where
// there are not as many.
double distinctness_at_density(std::vector<double> distinctness, double observed_km2, double per_km2);

// Order of visits, rules/priority.hpp: severity first; then confidence, size and days to the deadline; then the id.
void rank(std::vector<Candidate>& candidates);

}  // namespace plotwatch::pipeline
