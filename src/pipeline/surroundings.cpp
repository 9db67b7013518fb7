#include "pipeline/surroundings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "plots/documents.hpp"

namespace plotwatch::pipeline {
namespace {

// Between the nearest points of two boxes; no object inside them can be nearer.
double gap(const Box& a, const Box& b) {
  const double dx = std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x});
  const double dy = std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y});
  return std::hypot(dx, dy);
}

Box bounds_of(const MultiPolygon& polygons, const std::vector<std::vector<Point>>& paths) {
  constexpr double far = std::numeric_limits<double>::infinity();
  Box box = polygons.empty() ? Box{far, far, -far, -far} : bounds(polygons);
  for (const std::vector<Point>& path : paths)
    for (const Point p : path) box.include(p);
  return box;
}

}  // namespace

Surroundings::Surroundings(const PlotOptions& options, const Grid& grid)
    : metres_per_unit_(io::metres_per_unit(grid.crs)) {
  if (options.permits) {
    PermitLayer layer = plots::read_permits(*options.permits);
    const io::CoordinateTransform to_grid(layer.crs, grid.crs);
    permits_ = std::move(layer.permits);
    for (Permit& p : permits_) p.geometry = to_grid.apply(p.geometry);
  }
  if (options.surroundings) {
    for (plots::KindLayer& layer : plots::read_kinds(*options.surroundings)) {
      const io::CoordinateTransform to_grid(layer.crs, grid.crs);
      for (plots::KindLayer::Thing& thing : layer.things) {
        Thing moved{{}, to_grid.apply(thing.polygons), std::move(thing.paths)};
        for (std::vector<Point>& path : moved.paths) to_grid.apply(path);
        moved.box = bounds_of(moved.polygons, moved.paths);
        kinds_[thing.kind].push_back(std::move(moved));
      }
    }
  }
  if (options.observations) last_clear_ = plots::read_last_clear(*options.observations);
}

void Surroundings::tell(const MultiPolygon& candidate, rules::Case& facts) const {
  const Box box = bounds(candidate);
  for (const auto& [kind, things] : kinds_) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Thing& thing : things)
      if (gap(box, thing.box) < nearest) {
        if (!thing.polygons.empty()) nearest = std::min(nearest, io::distance(candidate, thing.polygons));
        if (!thing.paths.empty()) nearest = std::min(nearest, io::distance(candidate, thing.paths));
      }
    facts.distance_m[kind] = nearest * metres_per_unit_;
  }
  const double whole = area(candidate);
  for (const Permit& permit : permits_) {
    const double covered = area(io::intersection(candidate, permit.geometry));
    if (covered <= 0 || whole <= 0) continue;
    rules::PermitCover cover;
    cover.permit = permit;
    cover.permit.geometry.clear();
    cover.share = std::min(1.0, covered / whole);
    facts.permits.push_back(std::move(cover));
  }
}

std::optional<Date> Surroundings::last_clear(const std::string& plot_code) const {
  const auto found = last_clear_.find(plot_code);
  return found == last_clear_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace plotwatch::pipeline
