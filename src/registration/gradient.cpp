#include "registration/gradient.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include <opencv2/imgproc.hpp>

#include "core/error.hpp"
#include "kernels/base/multiversion.hpp"

namespace plotwatch::registration {
namespace {

// px: keeps aliasing near the Nyquist frequency out of the match. With 1.0 area averages of sharp scenes are measured
// with biases of a few hundredths of a pixel.
constexpr double smoothing_sigma = 1.2;
constexpr int kernel_radius = 4;  // px
// Gradients above this many typical ones are compressed. The typical one is an upper quartile: where half of the ground
// is water, a median would leave all of the land with gradients of length 1, which alias.
constexpr double typical_quantile = 0.75;
constexpr double knee_in_typical = 1.5;
// Relative to the largest sample: below this a gradient is rounding, not texture.
constexpr double texture_floor = 1e-6;
constexpr float largest_float = std::numeric_limits<float>::max();

cv::Mat gaussian_kernel() {
  cv::Mat kernel(2 * kernel_radius + 1, 1, CV_32F);
  double sum = 0;
  for (int i = -kernel_radius; i <= kernel_radius; ++i)
    sum += std::exp(-0.5 * i * i / (smoothing_sigma * smoothing_sigma));
  for (int i = -kernel_radius; i <= kernel_radius; ++i)
    kernel.at<float>(i + kernel_radius) = float(std::exp(-0.5 * i * i / (smoothing_sigma * smoothing_sigma)) / sum);
  return kernel;
}

// Answers 1 to a ramp of slope 1.
cv::Mat derivative_kernel() {
  cv::Mat kernel(2 * kernel_radius + 1, 1, CV_32F);
  const auto tap = [](int i) { return i * std::exp(-0.5 * i * i / (smoothing_sigma * smoothing_sigma)); };
  double slope = 0;
  for (int i = -kernel_radius; i <= kernel_radius; ++i) slope += i * tap(i);
  for (int i = -kernel_radius; i <= kernel_radius; ++i) kernel.at<float>(i + kernel_radius) = float(tap(i) / slope);
  return kernel;
}

// 1 where all of the (2 * gradient_reach + 1)^2 neighbourhood is inside and usable.
void erode(const std::vector<std::uint8_t>& usable, Plane& out) {
  const int w = out.width, h = out.height, r = gradient_reach;
  std::vector<int> bad_in_columns(static_cast<std::size_t>(w), 0);
  const auto bad = [&](int x, int y) { return usable[static_cast<std::size_t>(y) * w + x] == 0; };
  for (int y = 0; y < std::min(h, 2 * r); ++y)
    for (int x = 0; x < w; ++x) bad_in_columns[static_cast<std::size_t>(x)] += bad(x, y);
  for (int y = r; y < h - r; ++y) {
    for (int x = 0; x < w; ++x) bad_in_columns[static_cast<std::size_t>(x)] += bad(x, y + r);
    int sum = 0;
    for (int x = 0; x < std::min(w, 2 * r); ++x) sum += bad_in_columns[static_cast<std::size_t>(x)];
    float* row = out.row(y);
    for (int x = r; x < w - r; ++x) {
      sum += bad_in_columns[static_cast<std::size_t>(x + r)];
      row[x] = sum == 0 ? 1.0f : 0.0f;
      sum -= bad_in_columns[static_cast<std::size_t>(x - r)];
    }
    for (int x = 0; x < w; ++x) bad_in_columns[static_cast<std::size_t>(x)] -= bad(x, y - r);
  }
}

// Upper quartile of the gradient length over usable pixels; every third pixel is enough for it.
double typical_length(const Gradient& g) {
  std::vector<float> lengths;
  lengths.reserve(g.x.samples.size() / 9 + 1);
  for (int y = 1; y < g.x.height; y += 3)
    for (int x = 1; x < g.x.width; x += 3)
      if (g.weight.row(y)[x] > 0)
        lengths.push_back(std::sqrt(g.x.row(y)[x] * g.x.row(y)[x] + g.y.row(y)[x] * g.y.row(y)[x]));
  if (lengths.empty()) return 0;
  const auto middle = lengths.begin() + std::ptrdiff_t(typical_quantile * double(lengths.size()));
  std::nth_element(lengths.begin(), middle, lengths.end());
  if (*middle > 0) return *middle;
  // Most of the window is flat, digital water for example: what is left still shows where it lies.
  double sum = 0;
  for (const float v : lengths) sum += v;
  return sum / double(lengths.size());
}

struct Level {
  std::int64_t count = 0;
  float mean = 0;
  double largest = 0;  // absolute
};

// Of the good samples of every `step`th row and column.
Level level_of(kernels::View<const float> band, const std::vector<std::uint8_t>& good, int step) {
  Level level;
  double sum = 0;
  for (int y = 0; y < band.height; y += step)
    for (int x = 0; x < band.width; x += step) {
      if (!good[static_cast<std::size_t>(y) * band.width + x]) continue;
      const double v = band(x, y);
      sum += v;
      level.largest = std::max(level.largest, std::abs(v));
      ++level.count;
    }
  if (level.count > 0) level.mean = float(sum / double(level.count));
  return level;
}

}  // namespace

PLOTWATCH_MULTIVERSION void mark_good(const float* v, const std::uint8_t* usable, std::uint8_t* good, int n) {
  for (int x = 0; x < n; ++x) good[x] = std::uint8_t(int(usable[x] != 0) & int(std::abs(v[x]) <= largest_float));
}

PLOTWATCH_MULTIVERSION void subtract(const float* v, const std::uint8_t* good, float mean, float* out, int n) {
  for (int x = 0; x < n; ++x) out[x] = good[x] ? v[x] - mean : 0.0f;
}

PLOTWATCH_MULTIVERSION void compress(float* gx, float* gy, const float* weight, float knee_squared, float on, int n) {
#pragma GCC ivdep
  for (int x = 0; x < n; ++x) {
    const float scale = on * weight[x] / std::sqrt(gx[x] * gx[x] + gy[x] * gy[x] + knee_squared);
    gx[x] = weight[x] > 0 ? gx[x] * scale : 0.0f;
    gy[x] = weight[x] > 0 ? gy[x] * scale : 0.0f;
  }
}

Gradient compressed_gradient(kernels::View<const float> band, kernels::Mask usable) {
  const int w = band.width, h = band.height;
  Gradient g{Plane(w, h), Plane(w, h), Plane(w, h), false};
  std::vector<std::uint8_t> good(g.x.samples.size());
  for (int y = 0; y < h; ++y)
    mark_good(band.row(y), usable.row(y), good.data() + static_cast<std::ptrdiff_t>(y) * w, w);
  Level level = level_of(band, good, 3);
  if (level.count == 0) level = level_of(band, good, 1);
  if (level.count == 0) return g;

  // Samples relative to the mean, so that large offsets cost no precision; holes get the mean.
  cv::Mat filled(h, w, CV_32F);
  for (int y = 0; y < h; ++y)
    subtract(band.row(y), good.data() + static_cast<std::ptrdiff_t>(y) * w, level.mean, filled.ptr<float>(y), w);
  const cv::Mat smooth = gaussian_kernel(), derive = derivative_kernel();
  cv::Mat gx(h, w, CV_32F, g.x.samples.data()), gy(h, w, CV_32F, g.y.samples.data());
  cv::sepFilter2D(filled, gx, CV_32F, derive, smooth, {-1, -1}, 0, cv::BORDER_REPLICATE);
  cv::sepFilter2D(filled, gy, CV_32F, smooth, derive, {-1, -1}, 0, cv::BORDER_REPLICATE);
  erode(good, g.weight);

  const double typical = typical_length(g);
  g.texture = typical > texture_floor * std::max(level.largest, 1e-30);
  const float knee_squared = float(typical * typical * knee_in_typical * knee_in_typical);
  for (int y = 0; y < h; ++y)
    compress(g.x.row(y), g.y.row(y), g.weight.row(y), knee_squared, g.texture ? 1.0f : 0.0f, w);
  return g;
}

std::vector<GradientPair> gradients_of(const WindowPair& pair) {
  const int w = pair.window.width, h = pair.window.height;
  const auto fits = [&](const auto& view) { return view.width == w && view.height == h; };
  if (!fits(pair.before) || !fits(pair.after) || !fits(pair.before_usable) || !fits(pair.after_usable) ||
      pair.before.bands != pair.after.bands)
    throw Error(ExitCode::internal, "the views of a window pair differ in size or number of bands", "registration", "");
  std::vector<GradientPair> gradients;
  for (int b = 0; b < pair.before.bands; ++b)
    gradients.push_back({compressed_gradient(pair.before.band(b), pair.before_usable),
                         compressed_gradient(pair.after.band(b), pair.after_usable)});
  return gradients;
}

}  // namespace plotwatch::registration
