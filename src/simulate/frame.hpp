// The lie of the land: a district's roads and fields follow axes (u, v) that are turned against the map's and bend
// gently. Ground positions (x, y) are metres east and south of the scene's top-left corner.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/geometry.hpp"
#include "simulate/outline.hpp"

namespace plotwatch::simulate {

class Frame {
 public:
  explicit Frame(std::uint64_t seed);

  Point to_uv(double x, double y) const {
    return {cos_ * x + sin_ * y + bend_u_ * std::sin(wave_u_ * y + phase_u_),
            cos_ * y - sin_ * x + bend_v_ * std::sin(wave_v_ * x + phase_v_)};
  }
  Point to_xy(Point uv) const;                        // inverse of to_uv within 1e-6 m
  Point direction_to_uv(double dx, double dy) const;  // a direction on the ground, the bend left out
  Rect around(double min_x, double min_y, double max_x, double max_y) const;  // of (u, v) over a ground rectangle

 private:
  double cos_, sin_;
  double bend_u_, wave_u_, phase_u_;
  double bend_v_, wave_v_, phase_v_;
};

}  // namespace plotwatch::simulate
