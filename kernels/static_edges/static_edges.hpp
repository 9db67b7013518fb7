// Strength of the edges that both dates have. Where scenes lie a fraction of a pixel apart, or were resampled, such
// edges differ although nothing changed ("registration noise": L. Bruzzone, R. Cossu, "An adaptive approach to reducing
// registration noise effects in unsupervised change detection", IEEE TGRS 41(11), 2003). An edge on one date alone is
// no such place: it may be a new wall.
#pragma once

#include <span>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// With v the samples of one date times its band's weight, and over all bands
//   e(p) = sum (v(right of p) - v(left of p))^2 + (v(below p) - v(above p))^2
//   out(p) = min(e of before, e of after)
// before, after: 1 to 16 bands, as many in both; one weight a band and date, for standardised samples half of one over
// their standard deviation. A difference that meets a pixel that is not usable or outside the view counts 0. out is 0
// where p is not usable, and may not overlap an input. What lies under a 0 of the mask may be anything.
void static_edges(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
                  std::span<const float> before_weight, std::span<const float> after_weight, View<float> out);

}  // namespace plotwatch::kernels
