// Whole-pixel displacement of one matching window, from the correlation of both dates' compressed gradients.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/grid.hpp"
#include "kernels/correlation/correlation.hpp"
#include "registration/gradient.hpp"
#include "registration/surface.hpp"

namespace plotwatch::registration {

// Correlates `window` (pixels of the pair's views, inside them) of both dates; displacements up to `reach` pixels.
// Bands vote with their cross spectra. `weight` is the taper. No texture: significance 0.
Peak correlate(const std::vector<GradientPair>& bands, const PixelWindow& window, const Plane& weight, int reach);

// The same of several windows of one size, the same bits with a device as without one (null).
std::vector<Peak> correlate(const std::vector<GradientPair>& bands, std::span<const PixelWindow> windows,
                            const Plane& weight, int reach, DeviceCorrelator* device);

// Sizes of the transforms; windows are not padded, the taper keeps their ends apart.
kernels::CorrelationShape correlation_shape(int width, int height, int reach);

// What peak_of() reads the peak off; no bands with texture: nothing.
std::optional<Surface> correlation_surface(const std::vector<GradientPair>& bands, const PixelWindow& window,
                                           const Plane& weight, const kernels::CorrelationShape& shape);

}  // namespace plotwatch::registration
