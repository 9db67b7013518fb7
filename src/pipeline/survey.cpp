#include "pipeline/survey.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "change/estimate.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "pipeline/registration_trust.hpp"
#include "registration/registration.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr int survey_cell = 256;  // px
constexpr int survey_cells = 64;
constexpr int matching_cells = 32;             // of them, for tie points: some 300, far more than a model of six needs
constexpr int survey_margin = 12;              // px: registration shifts and interpolation stay inside the cell
constexpr int small_grid = 1024;               // px: a grid up to this size is surveyed whole, in larger windows
constexpr std::int64_t sample_pixels = 60000;  // pixel vectors for the linear models
constexpr std::int64_t score_pixels = 400000;  // scores for the null distributions

bool is_small(const Grid& grid) { return grid.width <= small_grid && grid.height <= small_grid; }

// Which row and column of the grid are sampled so that about `wanted` of `pixels` remain.
int step_for(std::int64_t pixels, std::int64_t wanted) {
  return std::max(1, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(pixels) / static_cast<double>(wanted)))));
}

std::int64_t total(const std::vector<PixelWindow>& windows) {
  return std::accumulate(windows.begin(), windows.end(), std::int64_t{0},
                         [](std::int64_t s, const PixelWindow& w) { return s + w.pixels(); });
}

// Position of a cell in an order whose every beginning is spread evenly over the plane: the reversed bits of its
// Morton code (van der Corput's sequence in two dimensions).
std::uint32_t spread_order(const PixelWindow& cell) {
  const auto cx = static_cast<std::uint32_t>(cell.x / survey_cell),
             cy = static_cast<std::uint32_t>(cell.y / survey_cell);
  std::uint32_t order = 0;
  for (unsigned bit = 0; bit < 16; ++bit) {
    order |= ((cx >> bit) & 1u) << (31 - 2 * bit);
    order |= ((cy >> bit) & 1u) << (30 - 2 * bit);
  }
  return order;
}

// At most `wanted` cells, spread evenly, in row-major order.
std::vector<PixelWindow> spread(std::vector<PixelWindow> cells, std::size_t wanted) {
  if (cells.size() <= wanted) return cells;
  std::sort(cells.begin(), cells.end(),
            [](const PixelWindow& a, const PixelWindow& b) { return spread_order(a) < spread_order(b); });
  cells.resize(wanted);
  std::sort(cells.begin(), cells.end(),
            [](const PixelWindow& a, const PixelWindow& b) { return std::pair(a.y, a.x) < std::pair(b.y, b.x); });
  return cells;
}

struct Worker {
  explicit Worker(const PairReader& r) : reader(r) {}
  PairReader::Worker reader;
  PairTile tile;
  change::Workspace scores;
};
using Workers = tbb::enumerable_thread_specific<Worker>;

Registration register_pair(const Inputs& in, const ScanOptions& options, const std::vector<PixelWindow>& windows,
                           const PairReader& reader, const MatchingDevice& device, MatchingLog& log) {
  const std::vector<PixelWindow> matched = is_small(in.grid)
                                               ? registration::even_cells(in.grid.width, in.grid.height, small_grid / 2)
                                               : spread(windows, matching_cells);
  return match_pair(in.grid, matched, matching_planes(in.roles), reader, options.registration, device, &log);
}

// Runs `look` over all windows and joins what they give in the order of the windows. Scores need `halo` neighbours: of
// a small grid, looked at whole, they are read as well; of a large one the window's own border stands for them.
template <class Result, class Look>
std::vector<Result> over_windows(const std::vector<PixelWindow>& windows, int halo, bool whole,
                                 const DisplacementField& field, const PairReader& reader, Workers& workers,
                                 Look look) {
  std::vector<Result> results(windows.size());
  tbb::parallel_for(std::size_t{0}, windows.size(), [&](std::size_t i) {
    Worker& w = workers.local();
    const PixelWindow window = whole ? windows[i].expanded(halo) : windows[i];
    reader.read(window, field, w.tile, w.reader);
    look(w, PixelWindow{halo, halo, window.width - 2 * halo, window.height - 2 * halo}, results[i]);
  });
  return results;
}

change::ChangeModel estimate(const Inputs& in, const ScanOptions& options, const std::vector<PixelWindow>& windows,
                             const Registration& registration, const PairReader& reader) {
  Workers workers([&] { return Worker(reader); });
  const int sample_step = step_for(total(windows), sample_pixels), score_step = step_for(total(windows), score_pixels);

  const bool whole = is_small(in.grid);
  change::PixelSample sample{static_cast<int>(in.roles.size()), {}};
  for (auto& part : over_windows<change::PixelSample>(windows, 0, whole, registration.field, reader, workers,
                                                      [&](Worker&w, const PixelWindow&core, change::PixelSample&s) {
                                                        s.bands = sample.bands;
                                                        change::append(s, w.tile.before, w.tile.after, w.tile.usable,
                                                                       core, w.tile.window.x, w.tile.window.y,
                                                                       sample_step);
                                                      }))
    sample.values.insert(sample.values.end(), part.values.begin(), part.values.end());
  change::ChangeModel model = change::fit(sample, in.roles, in.before.calibration, in.after.calibration,
                                          registration.quality.residual_px, options.change);

  change::ScoreSample scores;
  for (auto& part : over_windows<change::ScoreSample>(windows, model.halo(), whole, registration.field, reader, workers,
                                                      [&](Worker&w, const PixelWindow&core, change::ScoreSample&s) {
                                                        change::append_scores(s, model, w.tile.input(), core,
                                                                              w.tile.window.x, w.tile.window.y,
                                                                              score_step, w.scores);
                                                      })) {
    scores.irmad.insert(scores.irmad.end(), part.irmad.begin(), part.irmad.end());
    scores.slow_features.insert(scores.slow_features.end(), part.slow_features.begin(), part.slow_features.end());
    scores.edges.insert(scores.edges.end(), part.edges.begin(), part.edges.end());
    scores.difference.insert(scores.difference.end(), part.difference.begin(), part.difference.end());
    scores.cells.insert(scores.cells.end(), part.cells.begin(), part.cells.end());
  }
  change::calibrate(model, scores, options.change);
  return model;
}

}  // namespace

std::vector<PixelWindow> survey_windows(const Grid& grid, const Coverage& coverage, Point block_corner) {
  if (is_small(grid)) {
    std::vector<PixelWindow> all;
    for (const Tile& t : cut(grid, {small_grid / 2, 0, 0, 0})) all.push_back(t.core);
    return all;
  }
  std::vector<PixelWindow> scanned, rest;
  for (const Tile& t :
       cut(grid, {survey_cell, 0, static_cast<int>(block_corner.x), static_cast<int>(block_corner.y)})) {
    PixelWindow inner = t.core.expanded(-survey_margin);
    if (std::min(inner.width, inner.height) < survey_cell / 2) {
      if (std::min(grid.width, grid.height) >= survey_cell) continue;  // a strip at the edge; there is enough inside
      inner = t.core;                                                  // the grid is hardly more than a strip
    }
    (coverage.covered_part(t.core).empty() ? rest : scanned).push_back(inner);
  }
  std::vector<PixelWindow> windows = spread(scanned, survey_cells);
  // Half as many elsewhere when plots are few: statistics need more ground than a handful of plots.
  if (windows.size() < survey_cells / 2)
    for (const PixelWindow& w : spread(rest, survey_cells / 2 - windows.size())) windows.push_back(w);
  return windows;
}

SurveyResult survey(const Inputs& in, const ScanOptions& options, const Coverage& coverage, const PairReader& reader,
                    const MatchingDevice& device, const Hooks& hooks) {
  const std::vector<PixelWindow> windows = survey_windows(in.grid, coverage, reader.before().block_corner());
  SurveyResult result;
  hooks.progress("registering", 0);
  result.registration = register_pair(in, options, windows, reader, device, result.matching);
  if (const auto why = why_not_comparable(result.registration, options.registration, options.change)) {
    RegistrationQuality& quality = result.registration.quality;
    quality.failed = true;
    quality.reason += "; " + *why;
    log::warning("{} and {}: registration failed, so no plot can be observed: {}", in.before.source, in.after.source,
                 quality.reason);
  }
  hooks.throw_if_cancelled();
  hooks.progress("learning what unchanged ground looks like", 0);
  try {
    result.model = estimate(in, options, windows, result.registration, reader);
  } catch (const Error& e) {
    if (!e.where().empty()) throw;  // statistics know of no files
    throw Error(e.code(), e.fact(), in.before.source + " and " + in.after.source, e.advice());
  }
  hooks.throw_if_cancelled();
  return result;
}

}  // namespace plotwatch::pipeline
