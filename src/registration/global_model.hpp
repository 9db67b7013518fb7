// Robust shift and affine fits.
#pragma once

#include <cstdint>
#include <span>

#include "core/grid.hpp"
#include "model/registration.hpp"
#include "registration/sample.hpp"

namespace plotwatch::registration {

// Largest sample distance that still counts, and the seed of the sampling consensus.
struct RobustLimits {
  double outlier_px = 0.75;
  std::uint64_t seed = 0;
};

// Fewest samples a model is fitted to.
std::size_t fewest_samples(RegistrationQuality::Model model);

// identity, shift or affine. A sampling consensus (MSAC: Torr & Zisserman, CVIU 78(1), 2000) finds the inliers, and
// reweighted least squares with Tukey's function fits them. The same samples in the same order give the same field.
DisplacementField fit_global(RegistrationQuality::Model model, std::span<const Sample> samples, const Grid& grid,
                             const RobustLimits& limits);

double residual(const DisplacementField& field, const Sample& sample);  // px

}  // namespace plotwatch::registration
