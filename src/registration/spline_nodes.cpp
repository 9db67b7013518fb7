#include "registration/spline_nodes.hpp"

#include <algorithm>

namespace plotwatch::registration {
namespace {

std::array<double, 4> cubic_weights(double t) {
  const double u = 1 - t;
  return {u * u * u / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * u * u * u - 6 * u * u + 4) / 6, t * t * t / 6};
}

}  // namespace

SplineNodes::SplineNodes(const Grid& grid, int spacing_px)
    : spacing(spacing_px),
      columns((grid.width + spacing_px - 1) / spacing_px + 3),
      rows((grid.height + spacing_px - 1) / spacing_px + 3) {}

SplineReach::SplineReach(const SplineNodes& n, double x, double y) {
  const double gx = std::clamp(x / n.spacing, 0.0, double(n.columns - 3)),
               gy = std::clamp(y / n.spacing, 0.0, double(n.rows - 3));
  column = std::min(int(gx), n.columns - 4);
  row = std::min(int(gy), n.rows - 4);
  across = cubic_weights(gx - column);
  down = cubic_weights(gy - row);
}

}  // namespace plotwatch::registration
