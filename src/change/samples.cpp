#include "change/samples.hpp"

namespace plotwatch::change {

void append(PixelSample& sample, const kernels::Planes<const float>& before, const kernels::Planes<const float>& after,
            kernels::Mask usable, const PixelWindow& core, int origin_x, int origin_y, int step) {
  for (int y = core.y; y < core.bottom(); ++y) {
    if ((y + origin_y) % step != 0) continue;
    for (int x = core.x; x < core.right(); ++x) {
      if ((x + origin_x) % step != 0 || !usable(x, y)) continue;
      for (int b = 0; b < sample.bands; ++b) sample.values.push_back(before.band(b)(x, y));
      for (int b = 0; b < sample.bands; ++b) sample.values.push_back(after.band(b)(x, y));
    }
  }
}

}  // namespace plotwatch::change
