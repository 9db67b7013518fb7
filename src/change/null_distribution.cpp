#include "change/null_distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

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

namespace {

struct Range {
  float middle = 0;  // of the second number
  kernels::NullModel null;
  double values = 0;
};

// The nearest locations, by least squares weighted with the numbers of values, that never fall: pool adjacent violators
// (R. Barlow et al., "Statistical Inference under Order Restrictions", 1972).
void make_rising(std::vector<Range>& ranges) {
  struct Pool {
    double mean, weight;
    std::size_t ranges;
  };
  std::vector<Pool> pools;
  for (const Range& r : ranges) {
    pools.push_back({r.null.location, r.values, 1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean > pools.back().mean) {
      const Pool b = pools.back();
      pools.pop_back();
      Pool& a = pools.back();
      a.mean = (a.mean * a.weight + b.mean * b.weight) / (a.weight + b.weight);
      a.weight += b.weight;
      a.ranges += b.ranges;
    }
  }
  std::size_t i = 0;
  for (const Pool& p : pools)
    for (std::size_t k = 0; k < p.ranges; ++k) ranges[i++].null.location = static_cast<float>(p.mean);
}

// Straight between the ranges' middles.
kernels::NullModel at(const std::vector<Range>& ranges, float x) {
  if (x <= ranges.front().middle) return ranges.front().null;
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    const Range &a = ranges[i - 1], &b = ranges[i];
    if (x > b.middle) continue;
    const float t = (x - a.middle) / (b.middle - a.middle);
    return {a.null.location + t * (b.null.location - a.null.location),
            a.null.scale + t * (b.null.scale - a.null.scale)};
  }
  return ranges.back().null;
}

}  // namespace

kernels::NullCurve estimate_null_along(const std::vector<float>& values, const std::vector<float>& along,
                                       kernels::NullModel least) {
  constexpr std::array<double, 12> ends{.1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .98, 1};
  constexpr std::size_t fewest = 1000;
  constexpr int knots = 33;
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < values.size(); ++i)
    if (std::isfinite(values[i]) && std::isfinite(along[i])) order.push_back(i);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return std::pair(along[a], a) < std::pair(along[b], b); });

  std::vector<Range> ranges;
  for (std::size_t first = 0, k = 0; k < ends.size(); ++k) {
    auto end = static_cast<std::size_t>(ends[k] * static_cast<double>(order.size()));
    if (end - first < fewest) continue;                   // wait for the next end
    if (order.size() - end < fewest) end = order.size();  // nor leave too few behind
    std::vector<float> part;
    for (std::size_t i = first; i < end; ++i) part.push_back(values[order[i]]);
    const kernels::NullModel null = estimate_null(std::move(part));
    const float middle = along[order[(first + end) / 2]];
    if (ranges.empty() || middle > ranges.back().middle)
      ranges.push_back({middle,
                        {std::max(null.location, least.location), std::max(null.scale, least.scale)},
                        static_cast<double>(end - first)});
    first = end;
    if (end == order.size()) break;
  }
  if (ranges.size() < 2) return {0, 1, {least}};
  make_rising(ranges);
  kernels::NullCurve curve;
  curve.first = ranges.front().middle;
  curve.step = (ranges.back().middle - ranges.front().middle) / (knots - 1);
  if (!(curve.step > 0)) return {0, 1, {least}};
  for (int k = 0; k < knots; ++k) curve.knots.push_back(at(ranges, curve.first + static_cast<float>(k) * curve.step));
  return curve;
}

}  // namespace plotwatch::change
