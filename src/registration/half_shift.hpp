// Resampling a small window by a fraction of a pixel.
#pragma once

#include <vector>

#include "registration/plane.hpp"

namespace plotwatch::registration {

// out(x, y) = plane(left + x + dx, top + y + dy) for the size of `out`; |dx|, |dy| <= 0.5 or a little above.
// Interpolates with the polynomial through seven samples a direction; edges repeat. `scratch` is working memory.
void sample_shifted(const Plane& plane, int left, int top, double dx, double dy, Plane& out,
                    std::vector<float>& scratch);

}  // namespace plotwatch::registration
