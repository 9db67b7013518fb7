#include "evaluate/plot_truth.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>

#include "evaluate/pixel_figures.hpp"

namespace plotwatch::evaluate {

namespace {

// x of the points where the rings cross the horizontal through pixel-centre row `y`, in pixels, sorted.
std::vector<double> crossings(const MultiPolygon& polygon, const Grid& grid, int y) {
  std::vector<double> xs;
  const auto add = [&](const Ring& ring) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Point a = grid.to_pixel(ring[i]), b = grid.to_pixel(ring[i + 1]);
      const double centre = y + 0.5;
      if ((a.y > centre) != (b.y > centre)) xs.push_back(a.x + (centre - a.y) * (b.x - a.x) / (b.y - a.y));
    }
  };
  for (const Polygon& part : polygon) {
    add(part.outer);
    for (const Ring& hole : part.holes) add(hole);
  }
  std::sort(xs.begin(), xs.end());
  return xs;
}

}  // namespace

LabelCount count_labels(const MultiPolygon& polygon, RasterFile& truth) {
  LabelCount count;
  if (polygon.empty()) return count;
  const Grid& grid = truth.grid();
  const Box box = bounds(polygon);
  const Point corner = grid.to_pixel({box.min_x, box.max_y}), opposite = grid.to_pixel({box.max_x, box.min_y});
  const int x0 = static_cast<int>(std::floor(corner.x)), y0 = static_cast<int>(std::floor(corner.y));
  const PixelWindow window{x0, y0, static_cast<int>(std::ceil(opposite.x)) - x0,
                           static_cast<int>(std::ceil(opposite.y)) - y0};
  if (window.empty() || window.intersection(grid.window()).empty()) return count;
  const std::vector<std::uint8_t> labels = truth.read(window, 0);
  for (int y = window.y; y < window.bottom(); ++y) {
    const std::vector<double> xs = crossings(polygon, grid, y);
    for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
      // Centres x + 0.5 with xs[i] <= x + 0.5 < xs[i + 1].
      const int first = static_cast<int>(std::ceil(xs[i] - 0.5)), end = static_cast<int>(std::ceil(xs[i + 1] - 0.5));
      for (int x = std::max(first, window.x); x < std::min(end, window.right()); ++x) {
        const std::uint8_t label =
            labels[static_cast<std::size_t>(y - window.y) * static_cast<std::size_t>(window.width) +
                   static_cast<std::size_t>(x - window.x)];
        ++count.pixels;
        if (label == 1) ++count.unchanged;
        if (label == 2) ++count.changed;
      }
    }
  }
  return count;
}

PlotTruth truth_of(const LabelCount& labels, const EvaluateRequest& request) {
  if (labels.changed >= request.changed_pixels) return PlotTruth::changed;
  if (labels.changed == 0 && labels.pixels > 0 &&
      static_cast<double>(labels.unchanged) >= request.unchanged_share * static_cast<double>(labels.pixels))
    return PlotTruth::unchanged;
  return PlotTruth::undecided;
}

PlotTruth truth_of(double changed_m2) {
  if (changed_m2 >= changed_ground_m2) return PlotTruth::changed;
  return changed_m2 > 0 ? PlotTruth::undecided : PlotTruth::unchanged;
}

PlotFigures plot_figures(const ScanFolder& scan, const std::vector<PlotTruth>& truth, const std::vector<int>& budgets) {
  std::set<std::string> flagged;
  for (const ScannedCandidate& candidate : scan.candidates) flagged.insert(candidate.plot_code);
  std::unordered_map<std::string, PlotTruth> truth_by_code;
  PlotFigures f;
  for (std::size_t i = 0; i < scan.plots.size(); ++i) {
    const ScannedPlot& plot = scan.plots[i];
    const bool is_flagged = flagged.count(plot.code) > 0;
    truth_by_code.emplace(plot.code, truth[i]);
    switch (truth[i]) {
      case PlotTruth::undecided: ++f.undecided; break;
      case PlotTruth::unchanged:
        ++f.unchanged;
        if (is_flagged) ++f.unchanged_flagged;
        break;
      case PlotTruth::changed:
        ++f.changed;
        if (is_flagged) ++f.changed_flagged;
        if (!plot.observable) ++f.changed_not_observable;
        break;
    }
  }
  f.precision = ratio(f.changed_flagged, f.changed_flagged + f.unchanged_flagged);
  f.recall = ratio(f.changed_flagged, f.changed);

  // The plots in the order in which an inspector would see them for the first time.
  std::vector<bool> visit_is_right;
  std::set<std::string> seen;
  for (const ScannedCandidate& candidate : scan.candidates) {
    const auto known = truth_by_code.find(candidate.plot_code);
    if (known == truth_by_code.end() || known->second == PlotTruth::undecided) continue;
    if (seen.insert(candidate.plot_code).second) visit_is_right.push_back(known->second == PlotTruth::changed);
  }
  for (const int budget : budgets) {
    VisitFigures v;
    v.budget = budget;
    v.visits = std::min(budget, static_cast<int>(visit_is_right.size()));
    v.right = static_cast<int>(std::count(visit_is_right.begin(), visit_is_right.begin() + v.visits, true));
    v.precision = ratio(v.right, v.visits);
    v.recall = ratio(v.right, f.changed);
    f.visits.push_back(v);
  }
  return f;
}

}  // namespace plotwatch::evaluate
