#include "change/null_distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace plotwatch::change {
namespace {

constexpr int bins = 400;
constexpr int smoothing = 8;  // sigma of the histogram's smoothing, bins

float percentile(std::vector<float>& values, double share) {
  const auto k = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<std::size_t>(k)];
}

std::array<double, bins> smoothed_histogram(const std::vector<float>& values, float low, float high) {
  std::array<double, bins> counts{}, smooth{};
  const double per_unit = bins / (double(high) - low);
  for (const float v : values)
    if (v >= low && v < high)
      ++counts[static_cast<std::size_t>(std::min<double>((double(v) - low) * per_unit, bins - 1))];
  std::array<double, 4 * smoothing + 1> weight{};
  for (int k = 0; k <= 4 * smoothing; ++k)
    weight[static_cast<std::size_t>(k)] = std::exp(-0.5 * k * k / double(smoothing * smoothing));
  for (int i = 0; i < bins; ++i)
    for (int j = std::max(0, i - 4 * smoothing); j < std::min(bins, i + 4 * smoothing + 1); ++j)
      smooth[static_cast<std::size_t>(i)] +=
          counts[static_cast<std::size_t>(j)] * weight[static_cast<std::size_t>(std::abs(i - j))];
  return smooth;
}

}  // namespace

kernels::NullModel estimate_null(std::vector<float> values) {
  std::erase_if(values, [](float v) { return !std::isfinite(v); });
  if (values.empty()) return {0, 1};
  // Ranges that hold the bulk: the upper end is cut so that changed ground does not coarsen the bins.
  const float low = percentile(values, 0.005), high = percentile(values, 0.90);
  if (!(high > low)) return {low, 1};
  const auto smooth = smoothed_histogram(values, low, high);
  const auto peak = static_cast<int>(std::max_element(smooth.begin(), smooth.end()) - smooth.begin());
  double offset = 0;
  if (peak > 0 && peak < bins - 1) {
    const double l = smooth[static_cast<std::size_t>(peak - 1)], m = smooth[static_cast<std::size_t>(peak)],
                 r = smooth[static_cast<std::size_t>(peak + 1)];
    if (l + r - 2 * m < 0) offset = 0.5 * (l - r) / (l + r - 2 * m);
  }
  const double mode = low + (peak + 0.5 + offset) * (double(high) - low) / bins;

  std::vector<float> below;
  for (const float v : values)
    if (v < mode) below.push_back(static_cast<float>(mode - v));
  if (below.empty()) return {static_cast<float>(mode), 1};
  const float scale = percentile(below, 0.6827);
  return {static_cast<float>(mode), scale > 0 ? scale : 1};
}

}  // namespace plotwatch::change
