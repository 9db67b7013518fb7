// Length of the spectral change vector, robust against residual misregistration: each pixel is compared with the most
// similar one in a small neighbourhood of the other date, both ways round, and the larger of the two is kept.
// F. Thonfeld, H. Feilhauer, M. Braun, G. Menz, "Robust Change Vector Analysis (RCVA) for multi-sensor very high
// resolution optical satellite data", Int. J. Applied Earth Observation and Geoinformation 50, 2016.
#pragma once

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// With e(p, q) = sum over bands of (before(p) - after(q))^2 and N(p) the usable pixels with |dx|, |dy| <= radius:
//   out(p) = sqrt(max(min over q in N(p) of e(p, q), min over q in N(p) of e(q, p))), or its square when `squared`
// before, after: standardised, 1 to 16 bands, as many in both. radius: pixels, 0 (plain change vector) to 8.
// Neighbours that are not usable or outside the view are left out, so a pixel within the radius of the view's edge may
// differ from the same pixel in a larger view. out is NaN where p is not usable, and may not overlap an input.
void change_vector(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                   View<float> out, bool squared = false);

}  // namespace plotwatch::kernels
