// Turns a product's quality band (Landsat QA_PIXEL, Sentinel-2 SCL …) into a mask. What the bits mean is the caller's.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// out = table[quality]; the table has 256 entries for uint8_t, 65536 for uint16_t, each 1 (usable) or 0.
// T: uint8_t (in-place allowed), uint16_t.
template <class T>
void usable_from_quality(Backend backend, View<const T> quality, std::span<const std::uint8_t> table, MutableMask out);

}  // namespace plotwatch::kernels
