// Whole-pixel displacement of one matching window, from the correlation of both dates' compressed gradients.
#pragma once

#include <vector>

#include "core/grid.hpp"
#include "registration/gradient.hpp"

namespace plotwatch::registration {

struct Peak {
  double dx = 0, dy = 0;    // px, to about a tenth
  double significance = 0;  // height over the background, in standard deviations of the background
};

// Correlates `window` (pixels of the pair's views, inside them) of both dates; displacements up to `reach` pixels.
// Bands vote with their cross spectra. `weight` is the taper. No texture: significance 0.
Peak correlate(const std::vector<GradientPair>& bands, const PixelWindow& window, const Plane& weight, int reach);

}  // namespace plotwatch::registration
