#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "plots/check_register.hpp"

namespace plotwatch::plots {
namespace {

using Severity = PlotFinding::Severity;

struct Boxed {
  Box box;
  const Plot* plot = nullptr;
};

double perimeter(const MultiPolygon& shape) {
  double length = 0;
  for (const Polygon& p : shape)
    for (std::size_t i = 0; i + 1 < p.outer.size(); ++i)
      length += std::hypot(p.outer[i + 1].x - p.outer[i].x, p.outer[i + 1].y - p.outer[i].y);
  return length;
}

class Neighbours {
 public:
  Neighbours(const PlotRegister& plots, const CheckOptions& options, std::vector<PlotFinding>& findings)
      : options_(options), metres_(io::metres_per_unit(plots.crs)), findings_(findings) {}

  void look_at(const Plot& a, const Plot& b) {
    const MultiPolygon common = io::intersection(a.geometry, b.geometry);
    const double common_m2 = area(common) * metres_ * metres_;
    if (common_m2 > options_.overlap_m2) return overlap(a, b, common, common_m2);
    if (common_m2 > 0) return;  // rounding of a shared edge
    const double gap_m = io::distance(a.geometry, b.geometry) * metres_;
    if (gap_m > 0.001 && gap_m < options_.gap_m) gap(a, b, gap_m);
  }

 private:
  void overlap(const Plot& a, const Plot& b, const MultiPolygon& common, double common_m2) {
    const double width = 2 * common_m2 / (perimeter(common) * metres_);
    const bool sliver = width < options_.sliver_width_m;
    const double smaller = std::min(area(a.geometry), area(b.geometry)) * metres_ * metres_;
    const Point at = io::point_on_surface(common);
    std::string what =
        fmt::format("overlaps plot {} (row {}) by {:.1f} m², {:.1f} % of the smaller, at ({:.3f}, {:.3f})", b.code,
                    b.row, common_m2, 100 * common_m2 / smaller, at.x, at.y);
    if (sliver) what += fmt::format("; a sliver, {:.2f} m wide on average", width);
    findings_.push_back({Severity::warning, a.row, a.code, std::move(what), "overlap",
                         common_m2 > 0.999 * smaller ? "The same ground is registered twice: keep one of the plots."
                         : sliver ? "Let both plots use the same boundary points along their common edge."
                                  : "Find out which plot the ground belongs to, and take it out of the other."});
  }

  void gap(const Plot& a, const Plot& b, double gap_m) {
    // Corners that come near each other are no gap; edges that run along each other are.
    const double tolerance = options_.gap_m / metres_;
    const double along =
        area(io::intersection(io::buffer(a.geometry, tolerance), b.geometry)) / (tolerance - gap_m / metres_);
    if (along < 4 * tolerance) return;
    findings_.push_back(
        {Severity::note, a.row, a.code,
         fmt::format("a gap of {:.3f} m lies between it and plot {} (row {}), along about {:.0f} m", gap_m, b.code,
                     b.row, along * metres_),
         "gap", "Where the plots are neighbours, let both use the same boundary points along their common edge."});
  }

  const CheckOptions& options_;
  double metres_;
  std::vector<PlotFinding>& findings_;
};

}  // namespace

// A sweep from west to east: only plots whose boxes come near each other are compared.
void check_neighbours(const PlotRegister& plots, const CheckOptions& options, std::vector<PlotFinding>& findings) {
  const double reach = options.gap_m / io::metres_per_unit(plots.crs) / 2;
  std::vector<Boxed> sorted;
  for (const Plot& plot : plots.plots) sorted.push_back({bounds(plot.geometry).expanded(reach), &plot});
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Boxed& a, const Boxed& b) { return a.box.min_x < b.box.min_x; });
  Neighbours neighbours(plots, options, findings);
  std::vector<const Boxed*> open;
  for (const Boxed& next : sorted) {
    std::erase_if(open, [&](const Boxed* o) { return o->box.max_x < next.box.min_x; });
    for (const Boxed* o : open) {
      if (!o->box.intersects(next.box)) continue;
      const bool in_order = o->plot < next.plot;  // the earlier row names the later
      neighbours.look_at(in_order ? *o->plot : *next.plot, in_order ? *next.plot : *o->plot);
    }
    open.push_back(&next);
  }
}

}  // namespace plotwatch::plots
