// Width and height of a PNG, so that a page keeps its place for the picture before it is decoded.
#pragma once

#include <cstdint>
#include <span>

namespace plotwatch::report {

struct PngSize {
  std::uint32_t width = 0, height = 0;  // px
};

// From the IHDR chunk (RFC 2083). Throws Error(internal) when the bytes are no PNG.
PngSize png_size(std::span<const std::uint8_t> bytes);

}  // namespace plotwatch::report
