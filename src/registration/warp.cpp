#include "registration/warp.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace plotwatch::registration {
namespace {

constexpr int taps = 6;
constexpr int before_tap = 2;  // taps left of the pixel that the position lies in
constexpr int lattice = 8;     // px between positions at which the field is asked

// Lagrange's polynomial through -2 .. 3, at 0 <= t < 1.
std::array<float, taps> weights_at(float t) {
  const float a = t + 2, b = t + 1, c = t, d = t - 1, e = t - 2, f = t - 3;
  return {b * c * d * e * f / -120, a * c * d * e * f / 24,  a * b * d * e * f / -12,
          a * b * c * e * f / 12,   a * b * c * d * f / -24, a * b * c * d * e / 120};
}

struct Position {
  float x, y;
};

// Displacements along a row of pixels, linear between lattice positions.
void displacements(const PixelWindow& window, int y, const DisplacementField& field, int shift_x, int shift_y,
                   std::vector<Position>& row) {
  const auto at = [&](int x) {
    const Point d = field.at(window.x + x + 0.5, window.y + y + 0.5);
    return Position{float(d.x - shift_x), float(d.y - shift_y)};
  };
  row.resize(static_cast<std::size_t>(window.width));
  Position left = at(0);
  for (int x0 = 0; x0 < window.width; x0 += lattice) {
    const Position right = at(x0 + lattice);
    for (int i = 0; i < std::min(lattice, window.width - x0); ++i) {
      const float t = float(i) / lattice;
      row[static_cast<std::size_t>(x0 + i)] = {left.x + t * (right.x - left.x), left.y + t * (right.y - left.y)};
    }
    left = right;
  }
}

}  // namespace

Gradient warp(const Gradient& in, const PixelWindow& window, int shift_x, int shift_y, const DisplacementField& field) {
  const int w = in.x.width, h = in.x.height;
  Gradient out{Plane(w, h), Plane(w, h), Plane(w, h), in.texture};
  std::vector<Position> row;
  for (int y = 0; y < h; ++y) {
    displacements(window, y, field, shift_x, shift_y, row);
    for (int x = 0; x < w; ++x) {
      const Position d = row[static_cast<std::size_t>(x)];
      const float fx = std::floor(d.x), fy = std::floor(d.y);
      const int left = x + int(fx), top = y + int(fy);
      if (left < before_tap || top < before_tap || left + taps - before_tap > w || top + taps - before_tap > h)
        continue;
      const float *upper = in.weight.row(top) + left, *lower = in.weight.row(top + 1) + left;
      if (!(upper[0] * upper[1] * lower[0] * lower[1] > 0)) continue;
      const auto across = weights_at(d.x - fx), down = weights_at(d.y - fy);
      float gx = 0, gy = 0;
      for (int j = 0; j < taps; ++j) {
        const float* px = in.x.row(top - before_tap + j) + left - before_tap;
        const float* py = in.y.row(top - before_tap + j) + left - before_tap;
        float sx = 0, sy = 0;
        for (int i = 0; i < taps; ++i) {
          sx += across[static_cast<std::size_t>(i)] * px[i];
          sy += across[static_cast<std::size_t>(i)] * py[i];
        }
        gx += down[static_cast<std::size_t>(j)] * sx;
        gy += down[static_cast<std::size_t>(j)] * sy;
      }
      out.x.row(y)[x] = gx;
      out.y.row(y)[x] = gy;
      out.weight.row(y)[x] = 1;
    }
  }
  return out;
}

}  // namespace plotwatch::registration
