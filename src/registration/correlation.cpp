#include "registration/correlation.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>

namespace plotwatch::registration {
namespace {

constexpr int peak_width = 3;  // px around the peak that are no background

void fill_spectrum(const Gradient& g, const PixelWindow& window, const Plane& weight, cv::Mat& spectrum) {
  spectrum.setTo(0);
  for (int y = 0; y < window.height; ++y) {
    const float* gx = g.x.row(window.y + y) + window.x;
    const float* gy = g.y.row(window.y + y) + window.x;
    const float* w = weight.row(y);
    float* out = spectrum.ptr<float>(y);
    for (int x = 0; x < window.width; ++x) {
      out[2 * x] = gx[x] * w[x];
      out[2 * x + 1] = gy[x] * w[x];
    }
  }
  cv::dft(spectrum, spectrum, 0, window.height);
}

// Offset of a parabola's top through three samples, the middle one the largest.
double parabola_top(double left, double middle, double right) {
  const double curvature = left - 2 * middle + right;
  return curvature < 0 ? std::clamp(0.5 * (left - right) / curvature, -0.5, 0.5) : 0.0;
}

}  // namespace

Peak correlate(const std::vector<GradientPair>& bands, const PixelWindow& window, const Plane& weight, int reach) {
  const int columns = cv::getOptimalDFTSize(window.width), rows = cv::getOptimalDFTSize(window.height);
  cv::Mat before(rows, columns, CV_32FC2), after(rows, columns, CV_32FC2), product, sum;
  for (const GradientPair& band : bands) {
    if (!band.before.texture || !band.after.texture) continue;
    fill_spectrum(band.before, window, weight, before);
    fill_spectrum(band.after, window, weight, after);
    cv::mulSpectrums(after, before, product, 0, true);
    if (sum.empty())
      product.copyTo(sum);
    else
      sum += product;
  }
  if (sum.empty()) return {};
  cv::dft(sum, sum, cv::DFT_INVERSE | cv::DFT_SCALE);

  const auto value = [&](int dx, int dy) {
    return double(sum.ptr<float>((dy + rows) % rows)[2 * ((dx + columns) % columns)]);
  };
  int best_x = 0, best_y = 0;
  double best = -1;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx)
      if (const double v = value(dx, dy); v > best) best = v, best_x = dx, best_y = dy;
  if (!(best > 0)) return {};

  double background = 0;
  int count = 0;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      if (std::abs(dx - best_x) <= peak_width && std::abs(dy - best_y) <= peak_width) continue;
      const double v = value(dx, dy);
      background += v * v;
      ++count;
    }
  if (count == 0 || !(background > 0)) return {};
  return {best_x + parabola_top(value(best_x - 1, best_y), best, value(best_x + 1, best_y)),
          best_y + parabola_top(value(best_x, best_y - 1), best, value(best_x, best_y + 1)),
          best / std::sqrt(background / count)};
}

}  // namespace plotwatch::registration
