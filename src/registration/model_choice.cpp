#include "registration/model_choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "registration/local_model.hpp"

namespace plotwatch::registration {
namespace {

using Model = RegistrationQuality::Model;

constexpr std::size_t folds = 5;
constexpr double least_gain = 0.05;      // relative fall of the root mean square error
constexpr double least_gain_px = 0.002;  // px, the same
constexpr double cap_in_limits = 2;      // outlier limits at which an error stops to grow
// Standard errors of the mean paired difference. A needless shift is as small as its own error, a needless local field
// is not.
constexpr double significance_global = 2, significance_local = 3;
constexpr Model global_models[] = {Model::identity, Model::shift, Model::affine};
constexpr double stiffnesses[] = {1, 0.1, 0.01, 1e-3, 1e-4};

// Residual of each sample under a fit to the other folds.
std::vector<double> cross_validate(const ModelSpec& spec, std::span<const Sample> samples, const Grid& grid,
                                   const RobustLimits& limits) {
  std::vector<double> errors(samples.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    Samples others;
    for (const Sample& s : samples)
      if (s.group % folds != fold) others.push_back(s);
    const DisplacementField field = fit_model(spec, others, grid, limits);
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (samples[i].group % folds == fold) errors[i] = residual(field, samples[i]);
  }
  return errors;
}

// Errors over the samples that are no outliers, each capped, so that a single bad point decides nothing.
std::vector<double> squared(const std::vector<double>& errors, const std::vector<bool>& outlier, double cap) {
  std::vector<double> squares;
  for (std::size_t i = 0; i < errors.size(); ++i)
    if (!outlier[i]) squares.push_back(std::pow(std::min(errors[i], cap), 2));
  return squares;
}

double mean(const std::vector<double>& v) {
  return v.empty() ? 0 : std::accumulate(v.begin(), v.end(), 0.0) / double(v.size());
}

// Whether the squared errors `next` are clearly smaller than `best`, group by group: samples of one group err alike.
bool clearly_better(const std::vector<double>& next, const std::vector<double>& best,
                    const std::vector<std::size_t>& groups, double significance) {
  const double n = double(next.size()), gain = mean(best) - mean(next);
  if (n < 3 || !(gain > 0)) return false;
  double squares = 0, sum = 0, count = 0;
  for (std::size_t i = 0; i < next.size(); ++i) {
    sum += best[i] - next[i] - gain;
    if (i + 1 < next.size() && groups[i + 1] == groups[i]) continue;
    squares += sum * sum;
    sum = 0;
    ++count;
  }
  if (count < 2) return false;
  const double standard_error = std::sqrt(squares * count / (count - 1)) / n;
  const double next_rmse = std::sqrt(mean(next)), best_rmse = std::sqrt(mean(best));
  return next_rmse <= best_rmse - std::max(least_gain * best_rmse, least_gain_px) &&
         gain > significance * standard_error;
}

}  // namespace

DisplacementField fit_model(const ModelSpec& spec, std::span<const Sample> samples, const Grid& grid,
                            const RobustLimits& limits) {
  return spec.model == Model::local ? fit_local(samples, grid, limits, spec.stiffness)
                                    : fit_global(spec.model, samples, grid, limits);
}

ModelChoice choose_model(std::span<const Sample> samples, const Grid& grid, const RobustLimits& limits) {
  const double cap = cap_in_limits * limits.outlier_px;
  std::vector<ModelSpec> specs;
  std::vector<std::vector<double>> errors;
  const auto try_model = [&](const ModelSpec& spec) {
    if (samples.size() * (folds - 1) / folds < fewest_samples(spec.model)) return false;
    specs.push_back(spec);
    errors.push_back(cross_validate(spec, samples, grid, limits));
    return true;
  };
  for (const Model model : global_models) try_model({model, 0});
  // Stiffness is one model's parameter: the least error decides, and beyond it the field only follows the noise. Where
  // already the stiffest errs more than every global model there is nothing to bend to.
  std::size_t best_local = 0;
  const std::vector<bool> all(samples.size(), false);
  const auto error_of = [&](std::size_t model) { return mean(squared(errors[model], all, cap)); };
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t m = 0; m < errors.size(); ++m) least = std::min(least, error_of(m));
  for (const double stiffness : stiffnesses) {
    if (!try_model({Model::local, stiffness}) || error_of(errors.size() - 1) >= least) break;
    best_local = errors.size() - 1;
    least = error_of(best_local);
  }

  ModelChoice choice;
  choice.outlier.assign(samples.size(), true);
  for (const auto& e : errors)
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (e[i] <= limits.outlier_px) choice.outlier[i] = false;
  choice.inliers = std::size_t(std::count(choice.outlier.begin(), choice.outlier.end(), false));

  std::vector<std::size_t> groups;  // of the samples that are no outliers; neighbours in the samples' order
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (!choice.outlier[i]) groups.push_back(samples[i].group);
  const auto better = [&](std::size_t next, std::size_t best, double significance) {
    return clearly_better(squared(errors[next], choice.outlier, cap), squared(errors[best], choice.outlier, cap),
                          groups, significance);
  };
  std::size_t best = 0;
  for (std::size_t m = 1; m < specs.size() && specs[m].model != Model::local; ++m)
    if (better(m, best, significance_global)) best = m;
  if (best_local != 0 && better(best_local, best, significance_local)) best = best_local;
  choice.chosen = specs[best];
  return choice;
}

}  // namespace plotwatch::registration
