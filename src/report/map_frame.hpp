// From map or pixel coordinates to those of a small inline SVG map.
#pragma once

#include <string>

#include "core/geometry.hpp"

namespace plotwatch::report {

class MapFrame {
 public:
  static constexpr double side = 1000;  // longer side of the drawing, SVG units

  // `ground` in coordinates with y up (maps); with y down (pixels) set `y_down`. A degenerate box is widened.
  // `x_scale` stretches x before y is fitted: cos(latitude) for degrees, so that the map is not squeezed.
  explicit MapFrame(Box ground, double x_scale = 1, bool y_down = false);

  double width() const { return width_; }
  double height() const { return height_; }
  Point place(Point p) const;

  // Closed subpaths "M12.3,4 L… Z" of all rings, in tenths of a unit; vertices that fall together are drawn once.
  std::string path(const MultiPolygon& shape) const;

 private:
  Box ground_;
  double x_scale_, unit_ = 1, width_ = side, height_ = side;
  bool y_down_;
};

}  // namespace plotwatch::report
