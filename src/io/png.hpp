// PNG pictures.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/view.hpp"

namespace plotwatch::io {

// 8-bit colour, R, G and B interleaved: the view is three samples wide for each pixel. Throws Error(internal) for a
// picture without pixels. The same samples give the same bytes.
std::vector<std::uint8_t> encode_png(kernels::View<const std::uint8_t> rgb);

}  // namespace plotwatch::io
