// One quality sample to usable or not.
#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

template <class T>
PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t usable_of_quality(const std::uint8_t* table, T quality) {
  return table[quality];
}

}  // namespace plotwatch::kernels
