#include <algorithm>
#include <cmath>
#include <tuple>

#include "registration/held_out.hpp"
#include "registration/model_choice.hpp"
#include "registration/reason.hpp"
#include "registration/registration.hpp"
#include "registration/robust.hpp"

namespace plotwatch::registration {
namespace {

using Model = RegistrationQuality::Model;
using Fate = TiePoint::Fate;

constexpr double least_sigma = 0.02;  // px: no point is trusted beyond this
constexpr double least_inlier_share = 0.5;

bool finite(const TiePoint& p) {
  return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.dx) && std::isfinite(p.dy);
}

// Without a standard error, one is guessed from the reliability.
double weight_of(const TiePoint& p) {
  const double sigma = p.sigma > 0 ? p.sigma : 0.05 / std::max(p.reliability, 0.05);
  return 1 / (sigma * sigma + least_sigma * least_sigma);
}

// Weighted by direction where the covariance is known. `floor` keeps sharp points from deciding alone.
Sample sample_of(const TiePoint& p, std::size_t index) {
  Sample s{p.x, p.y, p.dx, p.dy, weight_of(p), index};
  const double floor = least_sigma * least_sigma;
  const double xx = p.var_x + floor, yy = p.var_y + floor, det = xx * yy - p.cov_xy * p.cov_xy;
  if (!(p.var_x > 0 && p.var_y > 0 && det > 0)) return s;
  s.xx = yy / det, s.xy = -p.cov_xy / det, s.yy = xx / det;
  s.weight = (s.xx + s.yy) / 2;
  return s;
}

Samples samples_of(std::vector<TiePoint>& points, double min_reliability) {
  Samples samples;
  for (std::size_t i = 0; i < points.size(); ++i) {
    TiePoint& p = points[i];
    if (p.fate == Fate::unreliable || p.fate == Fate::inconsistent) continue;
    if (!finite(p) || !(p.reliability >= min_reliability)) {
      p.fate = Fate::unreliable;
      if (p.refusal == TiePoint::Refusal::none) p.refusal = TiePoint::Refusal::no_match;
      continue;
    }
    p.fate = Fate::used;
    samples.push_back(sample_of(p, i));
  }
  return samples;
}

double length(const Sample& s) { return std::hypot(s.dx, s.dy); }

double root_mean_square(const std::vector<double>& v) {
  double sum = 0;
  for (const double e : v) sum += e * e;
  return v.empty() ? 0 : std::sqrt(sum / double(v.size()));
}

double percentile90(std::vector<double> v) {
  const auto at = v.begin() + std::ptrdiff_t(std::ceil(0.9 * double(v.size()))) - 1;
  std::nth_element(v.begin(), at, v.end());
  return *at;
}

struct HeldOutErrors {
  std::vector<double> before, after;  // px
};

// A held-out point is an outlier when neither the field nor the identity comes near it: whatever the field spoils
// stays in the figures.
HeldOutErrors check(const Samples& held_out, const DisplacementField& field, double outlier_px,
                    std::vector<TiePoint>& points) {
  HeldOutErrors errors;
  for (const Sample& s : held_out) {
    const double before = length(s), after = residual(field, s);
    const bool outlier = before > outlier_px && after > outlier_px;
    points[s.index].fate = outlier ? Fate::outlier : Fate::held_out;
    if (outlier) continue;
    errors.before.push_back(before);
    errors.after.push_back(after);
  }
  return errors;
}

void count_fates(const std::vector<TiePoint>& points, RegistrationQuality& q) {
  q.windows = int(points.size());
  q.used = q.held_out = q.unreliable = q.inconsistent = q.outliers = 0;
  for (const TiePoint& p : points) switch (p.fate) {
      case Fate::used: ++q.used; break;
      case Fate::held_out: ++q.held_out; break;
      case Fate::unreliable: ++q.unreliable; break;
      case Fate::inconsistent: ++q.inconsistent; break;
      case Fate::outlier: ++q.outliers; break;
    }
}

Samples without_outliers(const Samples& fitted, const Samples& held_out, const std::vector<TiePoint>& points) {
  Samples all;
  for (const Samples* part : {&held_out, &fitted})
    for (const Sample& s : *part)
      if (points[s.index].fate != Fate::outlier) all.push_back(s);
  return all;
}

}  // namespace

Registration fit(std::vector<TiePoint> points, const Grid& grid, const RegistrationOptions& options) {
  std::sort(points.begin(), points.end(), [](const TiePoint& p, const TiePoint& q) {
    return std::tuple(p.y, p.x, p.dy, p.dx, p.reliability, p.sigma) <
           std::tuple(q.y, q.x, q.dy, q.dx, q.reliability, q.sigma);
  });
  Registration result;
  result.tie_points = std::move(points);
  RegistrationQuality& quality = result.quality;
  result.field.centre_x = grid.width / 2.0;
  result.field.centre_y = grid.height / 2.0;

  Samples samples = samples_of(result.tie_points, options.min_reliability);
  const auto enough = [&](std::size_t n) { return n >= std::size_t(std::max(options.min_tie_points, 0)) && n >= 2; };
  if (!enough(samples.size())) {
    count_fates(result.tie_points, quality);
    quality.reason = reason_too_few(result.tie_points, samples.size());
    return result;
  }
  const std::size_t reliable = samples.size();
  const Split parts = split(std::move(samples), options.held_out_share, options.window);
  const RobustLimits limits{options.outlier_px, options.seed};
  const ModelChoice choice = choose_model(parts.fitted, grid, limits);

  // The held-out figures belong to a field that never saw these points.
  const DisplacementField trial = fit_model(choice.chosen, parts.fitted, grid, limits);
  for (const Sample& s : parts.fitted)
    result.tie_points[s.index].fate = residual(trial, s) > limits.outlier_px ? Fate::outlier : Fate::used;
  const HeldOutErrors errors = check(parts.held_out, trial, limits.outlier_px, result.tie_points);
  count_fates(result.tie_points, quality);
  const std::size_t agreeing = std::size_t(quality.used + quality.held_out);
  if (!enough(agreeing) || double(agreeing) < least_inlier_share * double(reliable) || errors.after.empty()) {
    quality.reason = reason_no_consensus(agreeing, reliable);
    return result;
  }
  const double before = root_mean_square(errors.before), after = root_mean_square(errors.after);
  quality.held_out_rmse_before = before;
  quality.held_out_rmse_after = after;
  quality.held_out_p90_before = percentile90(errors.before);
  quality.held_out_p90_after = percentile90(errors.after);
  const bool helps = after <= (1 - options.min_improvement) * before;
  quality.applied = choice.chosen.model != Model::identity && helps;
  quality.residual_px = robust_spread(quality.applied ? errors.after : errors.before);

  const Samples inliers = without_outliers(parts.fitted, parts.held_out, result.tie_points);
  if (quality.applied) {
    quality.model = choice.chosen.model;
    // The held-out points have done their part: the field that is used rests on all of them.
    result.field = fit_model(choice.chosen, inliers, grid, limits);
    quality.reason = reason_applied(quality);
  } else {
    quality.reason = choice.chosen.model == Model::identity ? reason_aligned(quality)
                                                            : reason_no_gain(before, after, options.min_improvement);
  }
  std::vector<double> fitted_errors;
  for (const Sample& s : inliers)
    if (result.tie_points[s.index].fate == Fate::used) fitted_errors.push_back(residual(result.field, s));
  quality.fit_rmse = root_mean_square(fitted_errors);
  return result;
}

}  // namespace plotwatch::registration
