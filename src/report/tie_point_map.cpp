#include "report/tie_point_map.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "report/map_frame.hpp"
#include "report/number_format.hpp"

namespace plotwatch::report {
namespace {

std::string_view css_class(TiePoint::Fate fate) {
  switch (fate) {
    case TiePoint::Fate::used: return "t-used";
    case TiePoint::Fate::held_out: return "t-held";
    case TiePoint::Fate::unreliable: return "t-unreliable";
    case TiePoint::Fate::inconsistent: return "t-inconsistent";
    case TiePoint::Fate::outlier: return "t-outlier";
  }
  return "";
}

bool trusted(const TiePoint& t) { return t.fate == TiePoint::Fate::used || t.fate == TiePoint::Fate::held_out; }

// How many times an arrow is longer than its displacement: the 90th percentile of the trusted ones spans a
// twentieth of the map.
double enlargement(const std::vector<TiePoint>& points, double map_side_px) {
  std::vector<double> lengths;
  for (const TiePoint& t : points)
    if (trusted(t)) lengths.push_back(std::hypot(t.dx, t.dy));
  if (lengths.empty()) return 1;
  const auto p90 = lengths.begin() + static_cast<std::ptrdiff_t>(0.9 * static_cast<double>(lengths.size() - 1));
  std::ranges::nth_element(lengths, p90);
  return map_side_px / 20 / std::max(*p90, 0.05);
}

}  // namespace

Html tie_point_map(const Grid& grid, const Registration& registration, std::size_t most) {
  const auto& points = registration.tie_points;
  if (points.empty() || grid.width <= 0 || grid.height <= 0) return {};
  const double longer = std::max(grid.width, grid.height);
  const MapFrame frame({0, 0, double(grid.width), double(grid.height)}, 1, true);
  const double times = enlargement(points, longer);
  const std::size_t step = (points.size() + most - 1) / most;

  Html out = html(
      "<figure class=\"map ties\"><svg viewBox=\"0 0 {0:.1f} {1:.1f}\" role=\"img\" aria-label=\"连接点位移图 tie "
      "point "
      "displacements\">\n<rect class=\"paper\" width=\"{0:.1f}\" height=\"{1:.1f}\"/>\n",
      frame.width(), frame.height());
  for (std::size_t i = 0; i < points.size(); i += step) {
    const TiePoint& t = points[i];
    const Point from = frame.place({t.x, t.y});
    put(out, "<g class=\"{}\"><circle cx=\"{}\" cy=\"{}\" r=\"4\"/>", css_class(t.fate), from.x, from.y);
    if (trusted(t)) {  // the others say nothing about where the ground went
      const Point to = frame.place({t.x + t.dx * times, t.y + t.dy * times});
      put(out, "<path d=\"M{},{}L{},{}\"/>", from.x, from.y, to.x, to.y);
    }
    put(out, "</g>\n");
  }
  put(out, "</svg><figcaption>{}</figcaption></figure>\n",
      both(fmt::format("连接点（圆点）与测得的位移（线段，放大 {} 倍）。", grouped(times)),
           fmt::format("Tie points (dots) and their displacement (lines, {} times enlarged).", grouped(times))));
  return out;
}

}  // namespace plotwatch::report
