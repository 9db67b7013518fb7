// Correlation of two masked gradient fields at every whole-pixel displacement, each normalised by what both sides
// hold where they overlap. After D. Padfield, "Masked object registration in the Fourier domain", IEEE TIP 21(5),
// 2012; gradients have mean zero, so the local means drop out.
#pragma once

#include <vector>

#include "registration/gradient.hpp"
#include "registration/surface.hpp"

namespace plotwatch::registration {

// Displacements up to `reach` pixels a direction. The same bits with a device as without one (null).
WholePixelShift best_overlap(const std::vector<GradientPair>& bands, int reach, DeviceCorrelator* device = nullptr);

// The best displacement within `radius` pixels of (x, y), by direct sums.
WholePixelShift best_near(const std::vector<GradientPair>& bands, int x, int y, int radius);

}  // namespace plotwatch::registration
