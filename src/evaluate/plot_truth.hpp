// What truth says of a plot, and what visiting plots by rank would have found.
#pragma once

#include <optional>
#include <vector>

#include "evaluate/evaluate.hpp"
#include "evaluate/raster_file.hpp"
#include "evaluate/scan_folder.hpp"

namespace plotwatch::evaluate {

enum class PlotTruth { unchanged, changed, undecided };

// Truth pixels whose centres lie in the polygon, which is in the raster's CRS.
struct LabelCount {
  std::int64_t pixels = 0, unchanged = 0, changed = 0;
};
LabelCount count_labels(const MultiPolygon& polygon, RasterFile& truth);

PlotTruth truth_of(const LabelCount& labels, const EvaluateRequest& request);

// Changed ground of at least this area on a plot makes it a changed plot; none at all an unchanged one.
inline constexpr double changed_ground_m2 = 100;
PlotTruth truth_of(double changed_m2);

// truth[i] is that of scan.plots[i].
PlotFigures plot_figures(const ScanFolder& scan, const std::vector<PlotTruth>& truth, const std::vector<int>& budgets);

}  // namespace plotwatch::evaluate
