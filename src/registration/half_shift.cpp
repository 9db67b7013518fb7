#include "registration/half_shift.hpp"

#include <algorithm>
#include <array>

#include "kernels/base/multiversion.hpp"

namespace plotwatch::registration {
namespace {

constexpr int radius = 3;
constexpr int taps = 2 * radius + 1;

// Lagrange's polynomial through -3 .. 3, at t.
std::array<float, taps> lagrange(double t) {
  std::array<float, taps> weights{};
  for (int i = -radius; i <= radius; ++i) {
    double w = 1;
    for (int j = -radius; j <= radius; ++j)
      if (j != i) w *= (t - j) / (i - j);
    weights[static_cast<std::size_t>(i + radius)] = float(w);
  }
  return weights;
}

}  // namespace

PLOTWATCH_MULTIVERSION void filter_row(const float* in, const float* w, float* out, int n) {
  for (int x = 0; x < n; ++x)
    out[x] = w[0] * in[x] + w[1] * in[x + 1] + w[2] * in[x + 2] + w[3] * in[x + 3] + w[4] * in[x + 4] +
             w[5] * in[x + 5] + w[6] * in[x + 6];
}

PLOTWATCH_MULTIVERSION void filter_rows(const float* in, int stride, const float* w, float* out, int n) {
  for (int x = 0; x < n; ++x)
    out[x] = w[0] * in[x] + w[1] * in[x + stride] + w[2] * in[x + 2 * stride] + w[3] * in[x + 3 * stride] +
             w[4] * in[x + 4 * stride] + w[5] * in[x + 5 * stride] + w[6] * in[x + 6 * stride];
}

void sample_shifted(const Plane& plane, int left, int top, double dx, double dy, Plane& out,
                    std::vector<float>& scratch) {
  const int w = out.width, h = out.height, padded = w + 2 * radius;
  scratch.resize(static_cast<std::size_t>(w) * (h + 2 * radius) + static_cast<std::size_t>(padded));
  float* line = scratch.data() + static_cast<std::ptrdiff_t>(w) * (h + 2 * radius);
  const auto across = lagrange(dx), down = lagrange(dy);
  for (int y = 0; y < h + 2 * radius; ++y) {
    const float* in = plane.row(std::clamp(top + y - radius, 0, plane.height - 1));
    if (left >= radius && left + w + radius <= plane.width) {
      in += left - radius;
    } else {
      for (int x = 0; x < padded; ++x) line[x] = in[std::clamp(left + x - radius, 0, plane.width - 1)];
      in = line;
    }
    filter_row(in, across.data(), scratch.data() + std::ptrdiff_t{y} * w, w);
  }
  for (int y = 0; y < h; ++y) filter_rows(scratch.data() + std::ptrdiff_t{y} * w, w, down.data(), out.row(y), w);
}

}  // namespace plotwatch::registration
