// One score byte against one cut.
#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t passes(std::uint8_t score, std::uint8_t cut) {
  return static_cast<std::uint8_t>((score >= cut) & (score != 255));
}

// Whether pixel x of a row of the mask is the first of a run.
PLOTWATCH_HD PLOTWATCH_INLINE bool starts_run(const std::uint8_t* row, int x) {
  return row[x] != 0 && (x == 0 || row[x - 1] == 0);
}

}  // namespace plotwatch::kernels
