// Which windows of a mask have no hole.
#pragma once

#include <vector>

#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// whole(x, y) = 1 where mask is usable on all of [x, x + taps_x) x [y, y + taps_y); the result has only the windows that
// lie inside the mask, and lives in `memory`.
Mask whole_windows(Mask mask, int taps_x, int taps_y, std::vector<std::uint8_t>& memory);

}  // namespace plotwatch::kernels
