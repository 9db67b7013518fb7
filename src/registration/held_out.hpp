// Which tie points are kept back from the fit.
#pragma once

#include "registration/sample.hpp"

namespace plotwatch::registration {

struct Split {
  Samples fitted, held_out;
};

// By a hash of each point's place, so neither the order of the points nor their number of windows decides. Both parts
// come in hash order, which has nothing to do with place. share: (0, 1), at least one point is held out of two.
Split split(Samples samples, double share);

}  // namespace plotwatch::registration
