#include "kernels/resample/weights.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/resample/resample_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int phases = 256;

double kernel_at(Interpolation interpolation, double t) {
  return interpolation == Interpolation::cubic ? keys_cubic(t) : triangle(t);
}

}  // namespace

int half_taps(Interpolation interpolation, float shrink) {
  const float support = (interpolation == Interpolation::cubic ? 2.0f : 1.0f) * std::max(shrink, 1.0f);
  return 2 * static_cast<int>(std::ceil(0.5f * support));
}

void prepare_axis(Interpolation interpolation, float shrink, ResampleScratch::Axis& axis) {
  const float widening = std::max(shrink, 1.0f);
  if (axis.taps > 0 && axis.shrink == widening && axis.interpolation == interpolation) return;
  const int half = half_taps(interpolation, widening);
  axis.taps = 2 * half;
  axis.before = half - 1;
  axis.shrink = widening;
  axis.interpolation = interpolation;
  const auto taps = static_cast<std::size_t>(axis.taps);
  axis.weights.resize(phases * taps);
  axis.positive.resize(phases);
  std::vector<double> w(taps);
  for (std::size_t p = 0; p < phases; ++p) {
    double sum = 0;
    for (std::size_t j = 0; j < taps; ++j) {
      const double distance = static_cast<double>(j) - axis.before - static_cast<double>(p) / phases;
      w[j] = kernel_at(interpolation, distance / widening);
      sum += w[j];
    }
    double positive = 0;
    for (std::size_t j = 0; j < taps; ++j) {
      axis.weights[p * taps + j] = static_cast<float>(w[j] / sum);
      positive += std::max(w[j] / sum, 0.0);
    }
    axis.positive[p] = static_cast<float>(positive);
  }
}

}  // namespace plotwatch::kernels
