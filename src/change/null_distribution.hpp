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

}  // namespace plotwatch::change
