#include "report/map_frame.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/number_format.hpp"

namespace plotwatch::report {

MapFrame::MapFrame(Box ground, double x_scale, bool y_down) : ground_(ground), x_scale_(x_scale), y_down_(y_down) {
  double longest = std::max(ground_.width() * x_scale_, ground_.height());
  if (!(longest > 0)) longest = 1;
  // A line of plots still gets a map of some height.
  const auto widen = [&](double& low, double& high, double least) {
    if (const double missing = least - (high - low); missing > 0) low -= missing / 2, high += missing / 2;
  };
  widen(ground_.min_x, ground_.max_x, longest / x_scale_ / 4);
  widen(ground_.min_y, ground_.max_y, longest / 4);
  unit_ = side / longest;
  width_ = ground_.width() * x_scale_ * unit_;
  height_ = ground_.height() * unit_;
}

Point MapFrame::place(Point p) const {
  const double y = y_down_ ? p.y - ground_.min_y : ground_.max_y - p.y;
  return {rounded((p.x - ground_.min_x) * x_scale_ * unit_, 1), rounded(y * unit_, 1)};
}

std::string MapFrame::path(const MultiPolygon& shape) const {
  std::string out;
  const auto add = [&](const Ring& ring) {
    if (ring.empty()) return;
    Point last = place(ring.front());
    out += fmt::format("M{},{}", last.x, last.y);
    for (const Point vertex : ring) {
      const Point here = place(vertex);
      if (here == last) continue;
      out += fmt::format("L{},{}", here.x, here.y);
      last = here;
    }
    out += "Z";
  };
  for (const Polygon& polygon : shape) {
    add(polygon.outer);
    std::ranges::for_each(polygon.holes, add);
  }
  return out;
}

}  // namespace plotwatch::report
