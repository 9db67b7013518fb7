// A scale bar with a round length.
#pragma once

#include <string>

#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch::report {

struct ScaleBar {
  double metres = 0;  // 1, 2 or 5 times a power of ten; 0 when there is no scale to show
  double pixels = 0;  // its length on the picture
  std::string label;  // "200 m", "1 km", "0.5 m"
};

// The longest round length of at most `room` picture pixels.
ScaleBar scale_bar(double metres_per_picture_pixel, double room);

// East-west ground length of one pixel of the grid at a place of the given latitude (degrees). On a geographic grid
// it shrinks with the cosine of the latitude.
double metres_per_pixel_east(const Grid& grid, double latitude);

}  // namespace plotwatch::report
