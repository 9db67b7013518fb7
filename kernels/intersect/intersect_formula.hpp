#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t both_set(std::uint8_t a, std::uint8_t b) {
  return static_cast<std::uint8_t>((a != 0) & (b != 0));
}

}  // namespace plotwatch::kernels
