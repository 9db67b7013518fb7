// Resampling gradients through a displacement field.
#pragma once

#include "model/displacement_field.hpp"
#include "registration/gradient.hpp"

namespace plotwatch::registration {

// out(x, y) = in(x + d.x, y + d.y), d the field's displacement at the centre of the pixel (x, y) of `window` (pixels of
// the working grid, the size of `in`) less the whole-pixel shift that `in` was read with. Interpolates with the
// polynomial through six samples a direction. Where the position, or one of the samples next to it, has no weight the
// result has none, and is 0.
Gradient warp(const Gradient& in, const PixelWindow& window, int shift_x, int shift_y, const DisplacementField& field);

}  // namespace plotwatch::registration
