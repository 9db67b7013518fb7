// What a score looks like where nothing changed, read off the pair itself.
#pragma once

#include <vector>

#include "kernels/significance/significance.hpp"

namespace plotwatch::change {

// Location: the mode of the values (smoothed histogram, parabola through its peak). Scale: the 68.27th percentile of
// the distances below the mode. Changed pixels lie above the mode, so neither is moved by them as long as unchanged
// ground is the largest group (after the null estimation of B. Efron, "Large-scale simultaneous hypothesis testing",
// JASA 99, 2004). Not finite values are left out; an empty or constant sample gives scale 1.
kernels::NullModel estimate_null(std::vector<float> values);

// The null of values that depends on a second number of the same pixels: estimate_null() of those in each of up to 12
// ranges of it (tenths of the pixels, finer at the upper end, none of fewer than 1000 values), straight lines between
// the middles of the ranges; locations never fall along it. No location and no scale is below those of `least`: where
// the second number is low the overall null holds. `values` and `along` have one length; one knot, `least`, where there
// is too little to divide.
kernels::NullCurve estimate_null_along(const std::vector<float>& values, const std::vector<float>& along,
                                       kernels::NullModel least);

}  // namespace plotwatch::change
