// One score byte against one cut.
#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t passes(std::uint8_t score, std::uint8_t cut) {
  return static_cast<std::uint8_t>((score >= cut) & (score != 255));
}

}  // namespace plotwatch::kernels
