// Which tie points are kept back from the fit.
#pragma once

#include "registration/sample.hpp"

namespace plotwatch::registration {

struct Split {
  Samples fitted, held_out;
};

// Matching windows overlap, and points that share pixels share their noise: a point whose neighbour was fitted is
// predicted too well. So whole blocks of `block` pixels are held out, chosen by a hash of the block's place: neither
// the order of the points nor their number decides. Few blocks: each point is a block of its own.
// Both parts come in hash order with groups 0, 1, ... numbered along it. share: (0, 1); of two points or more at
// least one is held out and one is not.
Split split(Samples samples, double share, int block);

}  // namespace plotwatch::registration
