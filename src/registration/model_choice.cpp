#include "registration/model_choice.hpp"

#include <algorithm>
#include <cmath>
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
const ModelSpec candidates[] = {{Model::identity, 0}, {Model::shift, 0},    {Model::affine, 0},   {Model::local, 1},
                                {Model::local, 0.1},  {Model::local, 0.01}, {Model::local, 1e-3}, {Model::local, 1e-4}};

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

// Whether the squared errors `next` are clearly smaller than `best`, sample by sample.
bool clearly_better(const std::vector<double>& next, const std::vector<double>& best, double significance) {
  const double n = double(next.size()), gain = mean(best) - mean(next);
  if (n < 3 || !(gain > 0)) return false;
  double squares = 0;
  for (std::size_t i = 0; i < next.size(); ++i) squares += std::pow(best[i] - next[i] - gain, 2);
  const double standard_error = std::sqrt(squares / (n - 1) / n);
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

  std::vector<std::vector<double>> squares;
  for (const auto& e : errors) squares.push_back(squared(e, choice.outlier, cap_in_limits * limits.outlier_px));
  std::size_t best = 0, best_local = 0;
  for (std::size_t m = 1; m < squares.size(); ++m) {
    if (candidates[m].model == Model::local) {
      // Stiffness is one model's parameter: the least error decides.
      if (best_local == 0 || mean(squares[m]) < mean(squares[best_local])) best_local = m;
    } else if (clearly_better(squares[m], squares[best], significance_global)) {
      best = m;
    }
  }
  if (best_local != 0 && clearly_better(squares[best_local], squares[best], significance_local)) best = best_local;
  if (!errors.empty()) choice.chosen = candidates[best];
  return choice;
}

}  // namespace plotwatch::registration
