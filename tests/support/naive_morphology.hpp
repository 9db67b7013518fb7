// Dilation and erosion by their definitions.
#pragma once

#include "kernels/morphology/morphology.hpp"

namespace plotwatch::test {

inline bool in_element(kernels::Element element, int radius, int dx, int dy) {
  return element == kernels::Element::square || dx * dx + dy * dy <= radius * radius;
}

// out = whether any (want = 1) or, complemented, no (want = 0) neighbour inside the view has the value `want`.
inline void naive_spread(kernels::Mask in, int radius, kernels::Element element, bool want, kernels::MutableMask out) {
  for (int y = 0; y < in.height; ++y) {
    for (int x = 0; x < in.width; ++x) {
      bool found = false;
      for (int dy = -radius; dy <= radius; ++dy) {
        for (int dx = -radius; dx <= radius; ++dx) {
          if (!in_element(element, radius, dx, dy)) continue;
          const int qx = x + dx, qy = y + dy;
          if (qx < 0 || qy < 0 || qx >= in.width || qy >= in.height) continue;
          found = found || (in(qx, qy) != 0) == want;
        }
      }
      out(x, y) = static_cast<std::uint8_t>(found == want);
    }
  }
}

inline void naive_dilate(kernels::Mask in, int radius, kernels::Element element, kernels::MutableMask out) {
  naive_spread(in, radius, element, true, out);
}
inline void naive_erode(kernels::Mask in, int radius, kernels::Element element, kernels::MutableMask out) {
  naive_spread(in, radius, element, false, out);
}

}  // namespace plotwatch::test
