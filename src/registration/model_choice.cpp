#include "registration/model_choice.hpp"

#include <algorithm>
#include <cmath>

#include "registration/local_model.hpp"

namespace plotwatch::registration {
namespace {

using Model = RegistrationQuality::Model;

constexpr std::size_t folds = 5;
constexpr double least_gain = 0.05;           // relative fall of the root mean square error
constexpr double least_gain_px = 0.002;       // px, the same
constexpr double least_significance = 3;      // standard errors of the mean paired difference
const ModelSpec candidates[] = {{Model::identity, 0}, {Model::shift, 0},    {Model::affine, 0},
                                {Model::local, 100},  {Model::local, 10},   {Model::local, 1},
                                {Model::local, 0.1}};

// Residual of each sample under a fit to the other folds.
std::vector<double> cross_validate(const ModelSpec& spec, std::span<const Sample> samples, const Grid& grid,
                                   const RobustLimits& limits) {
  std::vector<double> errors(samples.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    Samples others;
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (samples[i].group % folds != fold) others.push_back(samples[i]);
    const DisplacementField field = fit_model(spec, others, grid, limits);
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (samples[i].group % folds == fold) errors[i] = residual(field, samples[i]);
  }
  return errors;
}

// Whether `next` is clearly better than `best` over the samples that are no outliers; errors are capped, so that a
// single bad point decides nothing.
bool clearly_better(const std::vector<double>& next, const std::vector<double>& best, const std::vector<bool>& outlier,
                    double cap) {
  double sum = 0, squares = 0, next_mean = 0, best_mean = 0, n = 0;
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (outlier[i]) continue;
    const double a = std::pow(std::min(best[i], cap), 2), b = std::pow(std::min(next[i], cap), 2);
    sum += a - b;
    squares += (a - b) * (a - b);
    best_mean += a;
    next_mean += b;
    ++n;
  }
  if (n < 3 || !(sum > 0)) return false;
  const double spread = std::sqrt(std::max(squares - sum * sum / n, 0.0) / (n - 1));
  const double next_rmse = std::sqrt(next_mean / n), best_rmse = std::sqrt(best_mean / n);
  return next_rmse <= best_rmse - std::max(least_gain * best_rmse, least_gain_px) &&
         sum > least_significance * spread * std::sqrt(n);
}

}  // namespace

DisplacementField fit_model(const ModelSpec& spec, std::span<const Sample> samples, const Grid& grid,
                            const RobustLimits& limits) {
  return spec.model == Model::local ? fit_local(samples, grid, limits, spec.stiffness)
                                    : fit_global(spec.model, samples, grid, limits);
}

ModelChoice choose_model(std::span<const Sample> samples, const Grid& grid, const RobustLimits& limits) {
  std::vector<std::vector<double>> errors;
  for (const ModelSpec& spec : candidates) {
    if (samples.size() * (folds - 1) / folds < fewest_samples(spec.model)) break;
    errors.push_back(cross_validate(spec, samples, grid, limits));
  }
  ModelChoice choice;
  choice.outlier.assign(samples.size(), true);
  for (const auto& e : errors)
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (e[i] <= limits.outlier_px) choice.outlier[i] = false;
  choice.inliers = std::size_t(std::count(choice.outlier.begin(), choice.outlier.end(), false));
  std::size_t best = 0;
  for (std::size_t m = 1; m < errors.size(); ++m)
    if (clearly_better(errors[m], errors[best], choice.outlier, 2 * limits.outlier_px)) best = m;
  if (!errors.empty()) choice.chosen = candidates[best];
  return choice;
}

}  // namespace plotwatch::registration
