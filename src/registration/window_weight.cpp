#include "registration/window_weight.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace plotwatch::registration {
namespace {

constexpr double least_usable_share = 0.5;    // of a window's pixels, on both dates
constexpr double least_matched_share = 0.25;  // of a window's tapered weight, away from masks

std::vector<float> cosine_edges(int n) {
  std::vector<float> edge(static_cast<std::size_t>(n));
  const double ramp = std::max(1.0, n / 4.0);
  for (int i = 0; i < n; ++i) {
    const double from_edge = std::min(i, n - 1 - i) + 0.5;
    edge[static_cast<std::size_t>(i)] =
        from_edge >= ramp ? 1.0f : float(0.5 - 0.5 * std::cos(std::numbers::pi * from_edge / ramp));
  }
  return edge;
}

double share_usable(kernels::Mask before, kernels::Mask after, const PixelWindow& w) {
  std::int64_t usable = 0;
  for (int y = w.y; y < w.bottom(); ++y)
    for (int x = w.x; x < w.right(); ++x) usable += before(x, y) != 0 && after(x, y) != 0;
  return double(usable) / double(w.pixels());
}

// Share of the taper that lies on gradients away from masks on both dates.
double share_matched(const GradientPair& band, const PixelWindow& w, const Plane& weight) {
  double matched = 0, whole = 0;
  for (int y = 0; y < w.height; ++y)
    for (int x = 0; x < w.width; ++x) {
      const float t = weight.row(y)[x];
      whole += t;
      matched += t * band.before.weight.row(w.y + y)[w.x + x] * band.after.weight.row(w.y + y)[w.x + x];
    }
  return whole > 0 ? matched / whole : 0;
}

}  // namespace

Plane taper(int width, int height) {
  const std::vector<float> across = cosine_edges(width), down = cosine_edges(height);
  Plane plane(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      plane.row(y)[x] = across[static_cast<std::size_t>(x)] * down[static_cast<std::size_t>(y)];
  return plane;
}

bool masked(const WindowPair& pair, const std::vector<GradientPair>& bands, const PixelWindow& window,
            const Plane& taper) {
  if (share_usable(pair.before_usable, pair.after_usable, window) < least_usable_share) return true;
  return std::none_of(bands.begin(), bands.end(), [&](const GradientPair& band) {
    return share_matched(band, window, taper) >= least_matched_share;
  });
}

}  // namespace plotwatch::registration
