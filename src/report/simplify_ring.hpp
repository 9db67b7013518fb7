// Fewer corners for people who type them into a receiver.
#pragma once

#include <cstddef>

#include "core/geometry.hpp"

namespace plotwatch::report {

// A closed ring with at most `corners` corners (at least 3): again and again the corner goes whose triangle with its
// neighbours is the smallest (M. Visvalingam, J. D. Whyatt, The Cartographic Journal 30(1), 1993).
Ring simplified(const Ring& ring, std::size_t corners);

}  // namespace plotwatch::report
