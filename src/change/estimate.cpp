#include "change/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "change/cover_thresholds.hpp"
#include "change/null_distribution.hpp"
#include "kernels/significance/significance_formula.hpp"

namespace plotwatch::change {
namespace {

// Smallest stored score whose pixels have at most this false-alarm rate.
std::uint8_t cut_of_rate(double false_alarm_rate) {
  const double decades = -std::log10(false_alarm_rate);
  return static_cast<std::uint8_t>(std::clamp(std::lround(250 * decades / (decades + 2)), 1L, 250L));
}

float standardised(float value, kernels::NullModel null) { return (value - null.location) / null.scale; }

}  // namespace

ChangeModel fit(const PixelSample& sample, const std::vector<BandRole>& roles, Calibration before, Calibration after,
                double registration_residual_px, const ChangeOptions& options) {
  ChangeModel model;
  model.roles = roles;
  VariateFit mad = irmad(sample, options.max_iterations);
  VariateFit slow = slow_features(sample, options.max_iterations);
  // IR-MAD's no-change weights also standardise the plain difference, so that change does not widen its own yardstick.
  model.standardisation = standardise(sample, mad.weights);
  model.difference = standardised_difference(model.standardisation);
  model.summary = {
      sample.pixels(),
      mad.iterations,
      slow.iterations,
      mad.converged,
      slow.converged,
      mad.roots,
      std::accumulate(mad.weights.begin(), mad.weights.end(), 0.0) / static_cast<double>(mad.weights.size())};
  model.irmad = std::move(mad.model);
  model.slow_features = std::move(slow.model);
  model.search_radius = registration_residual_px > options.search_residual_px ? options.search_radius : 0;
  model.smoothing_px = static_cast<float>(options.smoothing_px);
  model.closing_px = options.closing_px;
  model.before_cover = cover_params(sample, When::before, roles, before);
  model.after_cover = cover_params(sample, When::after, roles, after);
  model.rarity = fit_rarity_axes(sample);
  return model;
}

void append_scores(ScoreSample& sample, const ChangeModel& model, const TileInput& window, const PixelWindow& core,
                   int origin_x, int origin_y, int step, Workspace& workspace) {
  const ScorePlanes scores = score_planes(model, window, workspace);
  for (int y = core.y; y < core.bottom(); ++y) {
    if ((y + origin_y) % step != 0) continue;
    for (int x = core.x; x < core.right(); ++x) {
      if ((x + origin_x) % step != 0 || !window.usable(x, y)) continue;
      sample.irmad.push_back(scores.irmad(x, y));
      sample.slow_features.push_back(scores.slow_features(x, y));
      sample.difference.push_back(scores.difference(x, y));
      sample.edges.push_back(scores.edges(x, y));
      sample.cells.push_back(cells_at(model.rarity, window.before, window.after, x, y));
    }
  }
}

void calibrate(ChangeModel& model, const ScoreSample& sample, const ChangeOptions& options) {
  model.irmad_null = estimate_null(sample.irmad);
  model.slow_features_null = estimate_null(sample.slow_features);
  model.difference_null = estimate_null(sample.difference);
  std::vector<float> fused(sample.irmad.size());
  for (std::size_t i = 0; i < fused.size(); ++i)
    fused[i] = std::min({standardised(sample.irmad[i], model.irmad_null),
                         standardised(sample.slow_features[i], model.slow_features_null),
                         standardised(sample.difference[i], model.difference_null)});
  model.fused_null = estimate_null(fused);
  model.fused_along_edges = estimate_null_along(fused, sample.edges, model.fused_null);
  learn_rarity(model.rarity, sample.cells);
  model.strong_cut = cut_of_rate(options.false_alarm_rate * options.seed_fraction);
  model.weak_cut = cut_of_rate(options.false_alarm_rate);
}

}  // namespace plotwatch::change
