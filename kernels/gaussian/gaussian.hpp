// Gaussian smoothing that knows holes: normalised convolution (H. Knutsson, C.-F. Westin, "Normalized and differential
// convolution", CVPR 1993).
#pragma once

#include <vector>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// Pixels on each side that an output depends on: ceil(3 sigma). sigma: pixels, 0 to 64.
int gaussian_radius(float sigma);

// Grows, never shrinks.
struct GaussianScratch {
  std::vector<float> taps, padded, rows;
};

// out = G*(in . usable) / G*(usable) where usable, NaN elsewhere; outside the view is not usable. G is truncated at
// gaussian_radius and separable; sigma 0 copies. A pixel that lies at least the radius inside the view has the same bits
// whatever the view's extent. `in` may hold anything under a 0 and must be finite under a 1. Not in-place.
void gaussian(Backend backend, View<const float> in, Mask usable, float sigma, View<float> out,
              GaussianScratch& scratch);

}  // namespace plotwatch::kernels
