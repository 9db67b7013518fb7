// Angle between the mean spectra of a small patch on both dates. A change of brightness alone (sun, haze-free gain,
// wetness that darkens all bands alike) leaves it where it is; the patch keeps noise and a residual displacement small.
// F. A. Kruse et al., "The Spectral Image Processing System (SIPS)", Remote Sensing of Environment 44, 1993; as a
// measure of change: D. Lu, P. Mausel, E. Brondizio, E. Moran, "Change detection techniques", Int. J. Remote Sensing
// 25(12), 2004.
#pragma once

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// With a and b the sums of the spectra of both dates over the usable pixels with |dx|, |dy| <= radius:
//   out(p) = angle between a and b, radians in [0, pi]; 0 where one of them is zero in all bands
// before, after: 2 to 16 bands, as many in both, in the same unit (reflectance; not standardised: an angle needs a true
// zero). radius: pixels, 0 to 4. Pixels that are not usable or outside the view are left out, so a pixel within the
// radius of the view's edge may differ from the same pixel in a larger view. out is NaN where p is not usable, and may
// not overlap an input. What lies under a 0 of the mask may be anything. Within 1e-5 of exact arithmetic.
void spectral_angle(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                    View<float> out);

}  // namespace plotwatch::kernels
