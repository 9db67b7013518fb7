#include "registration/correlation.hpp"

#include <opencv2/core.hpp>

#include "kernels/correlation/correlation_formula.hpp"
#include "registration/device_correlator.hpp"

namespace plotwatch::registration {
namespace {

void fill_spectrum(const Gradient& g, const PixelWindow& window, const Plane& weight, cv::Mat& spectrum) {
  spectrum.setTo(0);
  for (int y = 0; y < window.height; ++y) {
    const float* gx = g.x.row(window.y + y) + window.x;
    const float* gy = g.y.row(window.y + y) + window.x;
    const float* w = weight.row(y);
    float* out = spectrum.ptr<float>(y);
    for (int x = 0; x < window.width; ++x) {
      const kernels::Complex c = kernels::weighted(gx[x], gy[x], w[x]);
      out[2 * x] = c.re;
      out[2 * x + 1] = c.im;
    }
  }
  cv::dft(spectrum, spectrum, 0, window.height);
}

bool textured(const GradientPair& band) { return band.before.texture && band.after.texture; }

}  // namespace

kernels::CorrelationShape correlation_shape(int width, int height, int reach) {
  // A neighbour beyond the reach on each side, for the parabola.
  return {width, height, cv::getOptimalDFTSize(width), cv::getOptimalDFTSize(height), reach + 1};
}

std::optional<Surface> correlation_surface(const std::vector<GradientPair>& bands, const PixelWindow& window,
                                           const Plane& weight, const kernels::CorrelationShape& shape) {
  cv::Mat before(shape.rows, shape.columns, CV_32FC2), after(shape.rows, shape.columns, CV_32FC2), product, sum;
  for (const GradientPair& band : bands) {
    if (!textured(band)) continue;
    fill_spectrum(band.before, window, weight, before);
    fill_spectrum(band.after, window, weight, after);
    cv::mulSpectrums(after, before, product, 0, true);
    if (sum.empty())
      product.copyTo(sum);
    else
      sum += product;
  }
  if (sum.empty()) return std::nullopt;
  cv::dft(sum, sum, cv::DFT_INVERSE | cv::DFT_SCALE);
  Surface surface{shape.reach, {}, 0};
  for (int dy = -shape.reach; dy <= shape.reach; ++dy)
    for (int dx = -shape.reach; dx <= shape.reach; ++dx)
      surface.values.push_back(
          sum.ptr<float>(kernels::wrapped(dy, shape.rows))[2 * kernels::wrapped(dx, shape.columns)]);
  return surface;
}

Peak correlate(const std::vector<GradientPair>& bands, const PixelWindow& window, const Plane& weight, int reach) {
  const std::optional<Surface> surface =
      correlation_surface(bands, window, weight, correlation_shape(window.width, window.height, reach));
  return surface ? *peak_of(*surface, reach) : Peak{};
}

std::vector<Peak> correlate(const std::vector<GradientPair>& bands, std::span<const PixelWindow> windows,
                            const Plane& weight, int reach, DeviceCorrelator* device) {
  std::vector<Peak> peaks;
  std::vector<Surface> surfaces;
  if (device && !windows.empty()) {
    std::vector<FieldPlanes> pairs;
    for (const GradientPair& b : bands)
      if (textured(b)) pairs.push_back({&b.before.x, &b.before.y, &b.after.x, &b.after.y});
    surfaces = device->correlate(pairs, windows, &weight, correlation_shape(weight.width, weight.height, reach));
  }
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const std::optional<Peak> sure = surfaces.empty() ? std::nullopt : peak_of(surfaces[i], reach);
    if (device && !surfaces.empty()) device->note(sure.has_value());
    peaks.push_back(sure ? *sure : correlate(bands, windows[i], weight, reach));
  }
  return peaks;
}

}  // namespace plotwatch::registration
