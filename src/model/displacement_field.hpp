// How the after scene must move to lie on the before scene.
#pragma once

#include <vector>

#include "core/geometry.hpp"

namespace plotwatch {

// The ground at working-grid pixel position (x, y) lies in the after scene, as it is georeferenced, at
// (x + dx, y + dy). x right, y down, pixel-is-area (the first pixel's centre is (0.5, 0.5)).
//
//   dx = a[0] + a[1] * x + a[2] * y + bilinear(local_dx)      and the same with b and local_dy
//
// with x, y relative to (centre_x, centre_y). The local part is optional: nodes every `node_spacing` pixels from
// (0, 0), row-major, clamped outside.
struct DisplacementField {
  double centre_x = 0, centre_y = 0;  // pixels
  double a[3] = {0, 0, 0};            // px, px/px, px/px
  double b[3] = {0, 0, 0};

  int node_spacing = 0;  // pixels; 0 without a local part
  int node_columns = 0, node_rows = 0;
  std::vector<float> local_dx, local_dy;  // pixels

  Point at(double x, double y) const;  // (dx, dy)
  bool is_identity() const;
};

}  // namespace plotwatch
