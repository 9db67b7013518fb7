// What a device needs to resample besides pixels, all pointers into its memory.
#pragma once

#include "kernels/resample/resample.hpp"

namespace plotwatch::kernels {

struct DeviceAxis {
  const float* weights = nullptr;   // 256 phases x taps
  const float* positive = nullptr;  // 256
  int taps = 0, before = 0;
};

struct DeviceResample {
  CoordinateLattice lattice;
  DeviceAxis axis_x, axis_y;
  bool nearest = false;  // the sample at the nearest pixel: asked for, or the same because centres lie on centres
  float min_weight = 0.6f;
};

}  // namespace plotwatch::kernels
