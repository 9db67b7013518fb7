// Pixel vectors drawn from the survey windows, for everything that is estimated from the pair itself.
#pragma once

#include <cstddef>
#include <vector>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::change {

// Pixels usable in both dates, pixel after pixel: the before bands, then the after bands, in role order.
struct PixelSample {
  int bands = 0;  // of one date
  std::vector<float> values;

  std::size_t pixels() const { return bands == 0 ? 0 : values.size() / (2 * static_cast<std::size_t>(bands)); }
};

// Adds the usable pixels of `core` (in view pixels) that lie on every `step`-th row and column of the working grid,
// whose pixel (0, 0) of the views is `origin`. The lattice is the grid's, so the sample does not depend on tiles.
void append(PixelSample& sample, const kernels::Planes<const float>& before, const kernels::Planes<const float>& after,
            kernels::Mask usable, const PixelWindow& core, int origin_x, int origin_y, int step);

}  // namespace plotwatch::change
