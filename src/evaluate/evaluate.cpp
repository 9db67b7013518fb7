#include "evaluate/evaluate.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/error.hpp"
#include "evaluate/pixel_figures.hpp"
#include "evaluate/plot_truth.hpp"
#include "evaluate/polygon_figures.hpp"
#include "evaluate/raster_file.hpp"
#include "evaluate/scan_folder.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"
#include "model/transition.hpp"

namespace plotwatch::evaluate {

namespace {

constexpr int rows_at_once = 256;

void refuse(const EvaluateRequest& request) {
  std::vector<std::string> problems;
  if (!request.truth_raster && !request.truth_polygons)
    problems.emplace_back("a truth raster or truth polygons are needed");
  for (const int budget : request.budgets)
    if (budget < 1) problems.emplace_back(fmt::format("a budget of {} visits makes no sense", budget));
  if (request.changed_pixels < 1) problems.emplace_back("changed_pixels must be at least 1");
  if (!(request.unchanged_share > 0 && request.unchanged_share <= 1))
    problems.emplace_back("unchanged_share must be above 0 and at most 1");
  if (!problems.empty())
    throw Error(ExitCode::config, fmt::format("{}", fmt::join(problems, "; ")), "evaluate", "correct these options");
}

void require_same_crs(const Crs& truth, const std::string& truth_path, const Crs& scan) {
  if (io::same_crs(truth, scan)) return;
  throw Error(ExitCode::mismatch,
              fmt::format("the truth raster is in {}, the scan in {}", io::crs_name(truth), io::crs_name(scan)),
              truth_path, "warp the truth with nearest neighbour to the scan's system, or scan with `--crs`");
}

// Rows and columns of truth under the pixel centres of a scan's grid; -1 where there is none.
std::vector<int> truth_index(int count, int truth_count, double first, double step) {
  std::vector<int> index(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    // Centres that fall on an edge of a truth pixel, up to rounding, belong to the pixel right of or below it.
    const double at = std::floor(first + (i + 0.5) * step + 1e-9);
    index[static_cast<std::size_t>(i)] = at >= 0 && at < truth_count ? static_cast<int>(at) : -1;
  }
  return index;
}

PixelFigures evaluate_pixels(const ScanFolder& scan, RasterFile& truth) {
  RasterFile score(scan.score), transition(scan.transition);
  const Grid &grid = score.grid(), &truth_grid = truth.grid();
  if (!grid.aligned_with(transition.grid()) || grid.width != transition.grid().width ||
      grid.height != transition.grid().height)
    throw Error(ExitCode::input, "score.tif and transition.tif lie on different grids", scan.transition,
                "run the scan again");
  require_same_crs(truth_grid.crs, truth.path(), grid.crs);

  const std::vector<int> columns =
      truth_index(grid.width, truth_grid.width, (grid.left - truth_grid.left) / truth_grid.pixel_width,
                  grid.pixel_width / truth_grid.pixel_width);
  const std::vector<int> rows =
      truth_index(grid.height, truth_grid.height, (truth_grid.top - grid.top) / truth_grid.pixel_height,
                  grid.pixel_height / truth_grid.pixel_height);
  PixelCounts counts;
  std::int64_t labelled = 0;
  for (int y0 = 0; y0 < grid.height; y0 += rows_at_once) {
    const PixelWindow window{0, y0, grid.width, std::min(rows_at_once, grid.height - y0)};
    const auto [low, high] = std::minmax_element(rows.begin() + window.y, rows.begin() + window.bottom());
    if (*high < 0) continue;
    const int truth_top = std::max(*low, 0);
    const PixelWindow truth_window{0, truth_top, truth_grid.width, *high - truth_top + 1};
    const std::vector<std::uint8_t> scores = score.read(window, score_nodata);
    const std::vector<std::uint8_t> codes = transition.read(window, transition_nodata);
    const std::vector<std::uint8_t> labels = truth.read(truth_window, 0);
    for (int y = window.y; y < window.bottom(); ++y) {
      const int truth_row = rows[static_cast<std::size_t>(y)];
      if (truth_row < 0) continue;
      const std::uint8_t* row = labels.data() + static_cast<std::ptrdiff_t>(truth_row - truth_top) * truth_grid.width;
      for (int x = 0; x < grid.width; ++x) {
        const int column = columns[static_cast<std::size_t>(x)];
        if (column < 0 || (row[column] != 1 && row[column] != 2)) continue;
        const std::size_t i =
            static_cast<std::size_t>(y - window.y) * static_cast<std::size_t>(grid.width) + static_cast<std::size_t>(x);
        ++labelled;
        if (scores[i] >= score_levels || codes[i] == transition_nodata)
          ++counts.not_observable;
        else
          counts.add(row[column] == 2, codes[i] != transition_none, scores[i]);
      }
    }
  }
  if (labelled == 0)
    throw Error(ExitCode::mismatch, "no pixel of the scan has a label", truth.path(),
                "check that the truth raster covers the scan and holds 1 (unchanged) and 2 (changed)");
  return figures(counts);
}

std::vector<MultiPolygon> read_truth_polygons(const std::string& path, const Crs& target) {
  const io::VectorLayer layer = io::read_vector(path);
  const io::CoordinateTransform transform(layer.crs, target);
  std::vector<MultiPolygon> polygons;
  for (const io::Feature& feature : layer.features)
    if (!feature.geometry.empty()) polygons.push_back(transform.apply(feature.geometry));
  return polygons;
}

}  // namespace

Evaluation evaluate(const EvaluateRequest& request) {
  refuse(request);
  const ScanFolder scan = read_scan(request.scan);
  Evaluation evaluation;
  std::vector<PlotTruth> truth;

  std::vector<MultiPolygon> polygons;
  if (request.truth_polygons) {
    polygons = read_truth_polygons(*request.truth_polygons, scan.crs);
    evaluation.polygons = polygon_figures(scan.candidates, polygons);
  }
  if (request.truth_raster) {
    RasterFile raster(*request.truth_raster);
    evaluation.pixels = evaluate_pixels(scan, raster);
    require_same_crs(raster.grid().crs, raster.path(), scan.crs);
    for (const ScannedPlot& plot : scan.plots) truth.push_back(truth_of(count_labels(plot.geometry, raster), request));
  } else {
    const double m2 = std::pow(io::metres_per_unit(scan.crs), 2);
    for (const ScannedPlot& plot : scan.plots) truth.push_back(truth_of(shared_area(plot.geometry, polygons) * m2));
  }
  evaluation.plots = plot_figures(scan, truth, request.budgets);
  return evaluation;
}

}  // namespace plotwatch::evaluate
