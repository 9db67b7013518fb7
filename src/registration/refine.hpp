// Sub-pixel displacement of one matching window: weighted Newton steps on both dates' compressed gradients.
//
// Both dates are resampled by half of the displacement, in opposite directions, so that interpolation blurs both
// alike and the estimate has no preferred phase (no peak locking). Pixels whose residual is large - changed ground,
// clouds that no mask knows - lose weight (Geman & McClure's function). The standard error comes from blocks of
// residuals, so it holds for noise that is correlated from pixel to pixel.
// After B. D. Lucas & T. Kanade, IJCAI 1981; S. Baker & I. Matthews, IJCV 56(3), 2004.
#pragma once

#include <vector>

#include "core/grid.hpp"
#include "registration/gradient.hpp"

namespace plotwatch::registration {

struct Refinement {
  bool converged = false;
  double dx = 0, dy = 0;                    // px
  double sigma = 0;                         // px, standard error along the worse direction
  double var_x = 0, cov_xy = 0, var_y = 0;  // px^2, covariance up to a factor, from curvature and residuals
  double agreement = 0;                     // correlation of the aligned gradients, [-1, 1]
  double agreement_by_chance = 1;           // its standard deviation where the ground has nothing in common
  double x = 0, y = 0;                      // px of the pair's views: where in the window the information lies
};

// Starts at (dx, dy) and stays within 1.5 pixels of it. `weight` is the window's taper.
Refinement refine(const std::vector<GradientPair>& bands, const PixelWindow& window, const Plane& weight, double dx,
                  double dy);

}  // namespace plotwatch::registration
