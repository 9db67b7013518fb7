#include "evaluate/pixel_figures.hpp"

#include <limits>
#include <numeric>

namespace plotwatch::evaluate {

void PixelCounts::add(bool is_changed, bool decided_changed, int score) {
  ++(is_changed ? changed : unchanged)[static_cast<std::size_t>(score)];
  if (is_changed)
    ++(decided_changed ? true_positive : false_negative);
  else
    ++(decided_changed ? false_positive : true_negative);
}

double ratio(double a, double b) { return b != 0 ? a / b : std::numeric_limits<double>::quiet_NaN(); }

double f1_of(std::int64_t true_positive, std::int64_t false_positive, std::int64_t false_negative) {
  return ratio(2.0 * static_cast<double>(true_positive),
               2.0 * static_cast<double>(true_positive) + static_cast<double>(false_positive + false_negative));
}

double average_precision(const PixelCounts& counts) {
  const auto all = static_cast<double>(std::accumulate(counts.changed.begin(), counts.changed.end(), std::int64_t{0}));
  double found = 0, taken = 0, sum = 0;
  for (std::size_t level = score_levels; level-- > 0;) {
    const auto hits = static_cast<double>(counts.changed[level]);
    found += hits;
    taken += hits + static_cast<double>(counts.unchanged[level]);
    if (hits > 0) sum += hits * (found / taken);
  }
  return ratio(sum, all);
}

double area_under_curve(const PixelCounts& counts) {
  double wins = 0, below = 0, changed = 0;
  for (std::size_t level = 0; level < score_levels; ++level) {
    const auto c = static_cast<double>(counts.changed[level]), u = static_cast<double>(counts.unchanged[level]);
    wins += c * (below + 0.5 * u);
    below += u;
    changed += c;
  }
  return ratio(wins, changed * below);
}

PixelFigures figures(const PixelCounts& counts) {
  PixelFigures f;
  f.true_positive = counts.true_positive;
  f.false_positive = counts.false_positive;
  f.true_negative = counts.true_negative;
  f.false_negative = counts.false_negative;
  f.not_observable = counts.not_observable;
  const auto tp = static_cast<double>(f.true_positive), fp = static_cast<double>(f.false_positive);
  const auto tn = static_cast<double>(f.true_negative), fn = static_cast<double>(f.false_negative);
  const double n = tp + fp + tn + fn;
  f.overall_accuracy = ratio(tp + tn, n);
  const double by_chance = ratio((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp), n * n);
  f.kappa = ratio(f.overall_accuracy - by_chance, 1 - by_chance);
  f.precision = ratio(tp, tp + fp);
  f.recall = ratio(tp, tp + fn);
  f.f1 = f1_of(f.true_positive, f.false_positive, f.false_negative);
  f.average_precision = average_precision(counts);
  f.auc = area_under_curve(counts);
  return f;
}

}  // namespace plotwatch::evaluate
