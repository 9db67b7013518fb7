// Which model the tie points support, by cross-validation: a point is always judged by a fit it had no part in.
#pragma once

#include <span>
#include <vector>

#include "registration/global_model.hpp"

namespace plotwatch::registration {

struct ModelSpec {
  RegistrationQuality::Model model = RegistrationQuality::Model::identity;
  double stiffness = 0;  // of the local model
};

DisplacementField fit_model(const ModelSpec& spec, std::span<const Sample> samples, const Grid& grid,
                            const RobustLimits& limits);

struct ModelChoice {
  ModelSpec chosen;
  std::vector<bool> outlier;  // one a sample: no model comes within the outlier limit of it
  std::size_t inliers = 0;
};

// From identity over shift and affine to the local field of the best stiffness. A more complex one must lower the error
// by a twentieth, and by two standard errors of the paired difference (local: three), taken over groups. Samples of one
// group stand together in `samples` and are always judged together.
ModelChoice choose_model(std::span<const Sample> samples, const Grid& grid, const RobustLimits& limits);

}  // namespace plotwatch::registration
