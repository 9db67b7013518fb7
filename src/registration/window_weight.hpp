// What of a matching window counts.
#pragma once

#include <vector>

#include "registration/gradient.hpp"

namespace plotwatch::registration {

// Cosine taper over the outer quarters: 0 at the window's edge, 1 in its middle.
Plane taper(int width, int height);

// Whether masks leave too little of the window (pixels of the pair's views, inside them): fewer than half of its pixels
// on both dates, or less than a quarter of its tapered weight on gradients away from masks.
bool masked(const WindowPair& pair, const std::vector<GradientPair>& bands, const PixelWindow& window,
            const Plane& taper);

}  // namespace plotwatch::registration
