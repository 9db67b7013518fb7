#include "pipeline/plot_registration.hpp"

#include <cmath>

#include "io/crs.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr double reach_in_windows = 1.5;
constexpr double half_points = 3;       // so many points near give half of the confidence
constexpr double half_residual = 0.25;  // px: residuals of this size halve it

bool agrees(const TiePoint& p) { return p.fate == TiePoint::Fate::used || p.fate == TiePoint::Fate::held_out; }

}  // namespace

std::vector<PlotRegistration> plot_registrations(const PlotRegister& plots, const Grid& grid,
                                                 const Registration& registration, int window) {
  const io::CoordinateTransform to_grid(plots.crs, grid.crs);
  const double reach = reach_in_windows * window;
  // Without a consensus nothing is known, whatever single points say.
  const bool known = registration.quality.held_out_rmse_after.has_value();
  std::vector<PlotRegistration> all;
  for (const Plot& plot : plots.plots) {
    PlotRegistration r;
    r.code = plot.code;
    r.name = plot.name;
    const Box box = bounds(to_grid.apply(plot.geometry));
    const Point centre = grid.to_pixel({(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2});
    r.on_both_scenes = centre.x >= 0 && centre.y >= 0 && centre.x < grid.width && centre.y < grid.height;
    r.displacement = registration.field.at(centre.x, centre.y);
    double squares = 0;
    for (const TiePoint& p : registration.tie_points) {
      if (!agrees(p) || std::hypot(p.x - centre.x, p.y - centre.y) > reach) continue;
      const Point d = registration.field.at(p.x, p.y);
      squares += (p.dx - d.x) * (p.dx - d.x) + (p.dy - d.y) * (p.dy - d.y);
      ++r.points;
    }
    if (r.points > 0) {
      r.residual_px = std::sqrt(squares / r.points);
      const double off = *r.residual_px / half_residual;
      if (known && r.on_both_scenes) r.confidence = r.points / (r.points + half_points) / (1 + off * off);
    }
    all.push_back(std::move(r));
  }
  return all;
}

}  // namespace plotwatch::pipeline
