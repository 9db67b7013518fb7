// Dilation, erosion and closing of masks with a square or a disk (J. Serra, "Image Analysis and Mathematical
// Morphology", 1982).
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

enum class Element {
  square,  // |dx| <= r and |dy| <= r
  disk     // dx^2 + dy^2 <= r^2
};

// Grows, never shrinks.
struct MorphologyScratch {
  std::vector<std::uint8_t> row, spread, between;
};

// Masks are 0 or not 0; outputs are 0 or 1 and may not overlap the input. radius: pixels, 0 to 255; 0 copies.
// Outside the view counts as 0 for dilate and as 1 for erode, so the border creates nothing; a pixel within the radius
// of the view's edge may therefore differ from the same pixel in a larger view (2 * radius for close).
void dilate(Backend backend, Mask in, int radius, Element element, MutableMask out, MorphologyScratch& scratch);
void erode(Backend backend, Mask in, int radius, Element element, MutableMask out, MorphologyScratch& scratch);

// Dilation, then erosion, on the same extent: fills gaps narrower than the element, never loses a pixel.
void close(Backend backend, Mask in, int radius, Element element, MutableMask out, MorphologyScratch& scratch);

}  // namespace plotwatch::kernels
