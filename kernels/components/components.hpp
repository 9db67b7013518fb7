// Connected components of a mask, and the hysteresis that rests on them: what no strong pixel supports is dropped where
// it is found, so that it is neither copied nor joined with other tiles (J. Canny, "A computational approach to edge
// detection", IEEE Trans. PAMI 8(6), 1986).
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"
#include "kernels/runs/runs.hpp"

namespace plotwatch::kernels {

// Grows, never shrinks; contents mean nothing to the caller.
struct ComponentsScratch {
  std::vector<Run> runs;
  std::vector<std::int32_t> parent, first_block;
  std::vector<std::uint8_t> supported;
};

// Components are 8-connected, as vectorise joins them. Masks are 0 or not 0. Views of up to 2^31 blocks of 2 x 2
// pixels; block b covers columns 2 (b mod n), 2 (b mod n) + 1 and rows 2 (b div n), 2 (b div n) + 1, n = ceil(width /
// 2).

// labels: 0 where the mask is 0, else 1 + the smallest number of a block that the pixel's component has a pixel in. So
// a label is a property of the component, not of the way it was found: both forms give the same.
void label_components(Backend backend, Mask in, View<std::int32_t> labels, ComponentsScratch& scratch);

// out: 1 at the pixels of `weak` whose component holds a pixel that is strong, or lies in the first or last row or
// column of the view, where it may go on; 0 elsewhere. Strong pixels outside weak ones count for nothing. out may be
// weak's own memory.
void keep_supported(Backend backend, Mask weak, Mask strong, MutableMask out, ComponentsScratch& scratch);

}  // namespace plotwatch::kernels
