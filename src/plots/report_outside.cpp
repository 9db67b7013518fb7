#include "io/geometry_ops.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::plots {

void report_outside(PlotRegister& plots, const MultiPolygon& coverage) {
  const Box extent = bounds(coverage);
  for (const Plot& plot : plots.plots)
    if (coverage.empty() || !bounds(plot.geometry).intersects(extent) || !io::intersects(plot.geometry, coverage))
      plots.findings.push_back(
          {PlotFinding::Severity::warning, plot.row, plot.code, "lies outside all scenes, not observable"});
}

}  // namespace plotwatch::plots
