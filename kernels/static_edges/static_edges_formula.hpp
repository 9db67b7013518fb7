#pragma once

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// One band's part of the energy of one date.
PLOTWATCH_HD PLOTWATCH_INLINE float edge_energy(float left, float right, float above, float below, bool across,
                                                bool along, float weight) {
  const float dx = across ? weight * (right - left) : 0.0f, dy = along ? weight * (below - above) : 0.0f;
  return dx * dx + dy * dy;
}

PLOTWATCH_HD PLOTWATCH_INLINE float static_energy(float before, float after, bool usable) {
  const float lower = before < after ? before : after;
  return usable ? lower : 0.0f;
}

}  // namespace plotwatch::kernels
