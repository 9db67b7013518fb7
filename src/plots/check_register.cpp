#include "plots/check_register.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "io/vector.hpp"

namespace plotwatch::plots {
namespace {

using Severity = PlotFinding::Severity;

// Units that people mix up: how many m² one of them is.
struct AreaUnit {
  double m2;
  const char* name;
};
constexpr AreaUnit units[] = {{10000, "hectares"}, {10000.0 / 15, "mu (亩)"}, {1e-4, "m² taken for hectares"}};

bool agrees(double stated, double measured, double tolerance) {
  return std::abs(stated - measured) <= std::max(1.0, tolerance * measured);
}

double perimeter(const Polygon& polygon) {
  double length = 0;
  const auto add = [&](const Ring& ring) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
      length += std::hypot(ring[i + 1].x - ring[i].x, ring[i + 1].y - ring[i].y);
  };
  add(polygon.outer);
  for (const Ring& hole : polygon.holes) add(hole);
  return length;
}

// Widths and distances need metres: degrees go to the Gauss-Krueger zone of the first plot.
PlotRegister in_metres(const PlotRegister& plots) {
  if (!io::is_geographic(plots.crs)) return plots;
  PlotRegister projected = plots;
  const Box box = bounds(plots.plots.front().geometry);
  projected.crs = io::gauss_kruger_zone((box.min_x + box.max_x) / 2);
  const io::CoordinateTransform transform(plots.crs, projected.crs);
  for (Plot& p : projected.plots) p.geometry = transform.apply(p.geometry);
  return projected;
}

}  // namespace

bool CheckResult::passed() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const PlotFinding& f) { return f.severity == Severity::warning; });
}

void check_areas(const PlotRegister& plots, const CheckOptions& options, std::vector<PlotFinding>& findings) {
  const double metres = io::metres_per_unit(plots.crs);
  for (const Plot& plot : plots.plots) {
    const double measured = io::ellipsoidal_area(plot.geometry, plots.crs);
    if (plot.stated_area_m2 && !agrees(*plot.stated_area_m2, measured, options.area_tolerance)) {
      std::string fix =
          fmt::format("State {:.1f} m² ({:.4f} hectares), or correct the boundary.", measured, measured / 10000);
      for (const AreaUnit& unit : units)
        if (agrees(*plot.stated_area_m2 * unit.m2, measured, options.area_tolerance))
          fix = fmt::format("The number fits when it is read as {}. ", unit.name) + fix;
      findings.push_back({Severity::warning, plot.row, plot.code,
                          fmt::format("the stated area is {:.1f} m², the boundary encloses {:.1f} m² ({:+.1f} %)",
                                      *plot.stated_area_m2, measured, 100 * (*plot.stated_area_m2 / measured - 1)),
                          "area", fix});
    }
    for (const Polygon& part : plot.geometry) {
      const double part_m2 = area({part}) * metres * metres, width = 2 * part_m2 / (perimeter(part) * metres);
      if (width < options.sliver_width_m)
        findings.push_back(
            {Severity::warning, plot.row, plot.code,
             fmt::format("a part of {:.2f} m² is a sliver, {:.2f} m wide on average, at ({:.3f}, {:.3f})", part_m2,
                         width, part.outer[0].x, part.outer[0].y),
             "sliver", "Remove the part, or check its points."});
    }
  }
}

void check_district(const PlotRegister& plots, const CheckOptions& options, std::vector<PlotFinding>& findings) {
  if (!options.district) return;
  const io::VectorLayer layer = io::read_vector(*options.district);
  const io::CoordinateTransform to_plots(layer.crs, plots.crs);
  MultiPolygon district;
  for (const io::Feature& f : layer.features) district = io::unite(district, to_plots.apply(f.geometry));
  for (const Plot& plot : plots.plots) {
    const double whole = area(plot.geometry), outside = area(io::difference(plot.geometry, district));
    constexpr double rounding = 1e-6;
    if (outside <= rounding * whole) continue;
    findings.push_back(
        {Severity::warning, plot.row, plot.code,
         outside >= (1 - rounding) * whole
             ? std::string("lies outside the district")
             : fmt::format("reaches over the district's boundary with {:.1f} % of its area", 100 * outside / whole),
         "outside", "Check the zone (带号) and the points, or the district that the plot belongs to."});
  }
}

CheckResult check_register(const RegisterRequest& request, const CheckOptions& options) {
  const PlotRegister plots = read_register(request);
  CheckResult result;
  result.source = request.path;
  result.crs = io::crs_name(plots.crs);
  result.plots = plots.plots.size();
  result.findings = plots.findings;
  // Boundaries come without statuses as a rule: they are joined later. The upload needs none.
  for (PlotFinding& f : result.findings)
    if (f.kind == "status" && f.row == 0) f.severity = Severity::note;
  if (options.upload) {
    std::erase_if(result.findings, [](const PlotFinding& f) { return f.kind == "status" && f.row == 0; });
    check_upload(plots, request, result.findings);
  }
  const PlotRegister metric = in_metres(plots);
  check_areas(metric, options, result.findings);
  check_neighbours(metric, options, result.findings);
  check_district(plots, options, result.findings);
  std::stable_sort(result.findings.begin(), result.findings.end(), [](const PlotFinding& a, const PlotFinding& b) {
    return std::tie(a.row, a.kind) < std::tie(b.row, b.kind);
  });
  return result;
}

}  // namespace plotwatch::plots
