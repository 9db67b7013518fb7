#include <algorithm>
#include <utility>

#include "io/geometry_ops.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

// Boundaries that should coincide differ by rounding; an overlap of a millionth of a pixel is none.
double negligible_area(const ChangePatch& patch) {
  return patch.pixels > 0 ? 1e-6 * area(patch.geometry) / static_cast<double>(patch.pixels) : 0;
}

void add_part(MultiPolygon geometry, const PlotShape* plot, const Crs& crs, double min_area_m2,
              std::vector<PatchOnPlot>& parts) {
  PatchOnPlot part;
  part.area_m2 = io::ellipsoidal_area(geometry, crs);
  if (part.area_m2 < min_area_m2) return;
  if (plot) {
    part.plot = plot->plot;
    part.plot_share = plot->area_m2 > 0 ? std::min(1.0, part.area_m2 / plot->area_m2) : 0;
  }
  part.representative = io::point_on_surface(geometry);
  part.geometry = std::move(geometry);
  parts.push_back(std::move(part));
}

}  // namespace

std::vector<PatchOnPlot> split_by_plots(const ChangePatch& patch, const PlotIndex& plots, const Crs& crs,
                                        double min_area_m2, bool keep_outside) {
  std::vector<PatchOnPlot> parts;
  if (patch.geometry.empty()) return parts;
  const double negligible = negligible_area(patch);
  MultiPolygon outside;
  if (keep_outside) outside = patch.geometry;
  for (const PlotShape* plot : plots.near(bounds(patch.geometry))) {
    MultiPolygon common = io::intersection(patch.geometry, plot->geometry);
    if (area(common) <= negligible) continue;
    if (keep_outside) outside = io::difference(outside, plot->geometry);
    add_part(std::move(common), plot, crs, min_area_m2, parts);
  }
  if (area(outside) > negligible) add_part(std::move(outside), nullptr, crs, min_area_m2, parts);
  return parts;
}

}  // namespace plotwatch::vectorise
