// Pairs of scenes whose displacement is known, of which neither is an interpolation of the other: both are area
// averages of one finer image, each over its own pixels.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <random>
#include <string>
#include <utility>

#include "core/geometry.hpp"
#include "support/image.hpp"

namespace plotwatch::support {

struct KnownDisplacement {
  std::string name;
  double shift_x = 0, shift_y = 0;  // coarse px
  double stretch = 0, shear = 0;    // px/px, about the middle
  double local = 0;                 // px a direction, amplitude of a smooth distortion
  double wavelength = 400;          // px, of it
  double gain = 1, offset = 0;      // offset in units of the image's standard deviation
  double noise = 0;                 // standard deviation, in units of the image's, on both dates
  double changed = 0;               // share of the area with other ground on the after date
  double cloud = 0;                 // share of the area under clouds on the after date
  bool cloud_masked = true;         // the mask knows the clouds
  std::uint32_t seed = 1;
  std::uint32_t band = 0;  // bands of one pair: the same ground and clouds, noise of their own

  // (dx, dy) at a coarse position: the ground there lies in the after scene at (x + dx, y + dy).
  Point at(double x, double y, double size) const {
    const double u = x - size / 2, v = y - size / 2, k = 2 * std::numbers::pi / wavelength;
    return {shift_x + stretch * u + shear * v + local * std::sin(k * y + 0.7) * std::cos(0.6 * k * x),
            shift_y - shear * u + 0.5 * stretch * v + local * std::cos(0.8 * k * x + 0.3) * std::sin(0.5 * k * y + 1)};
  }
};

// Kinds that a test asserts and the benchmark reports; the figures of docs/registration.md are of these.
inline KnownDisplacement slightly_affine(std::string name) {
  return {.name = std::move(name),
          .shift_x = 1.3,
          .shift_y = -0.6,
          .stretch = 0.001,
          .shear = 0.0007,
          .gain = 0.8,
          .offset = 0.1,
          .noise = 0.05};
}
inline KnownDisplacement distorted(std::string name) {
  KnownDisplacement k = slightly_affine(std::move(name));
  k.local = 1.1;  // 1.5 px where both directions have their most
  k.changed = 0.1;
  return k;
}
inline KnownDisplacement clouded(std::string name) {
  KnownDisplacement k = distorted(std::move(name));
  k.shift_x = 4.3, k.shift_y = -4.1;
  k.gain = 0.6;
  k.noise = 0.1;
  k.changed = 0.2, k.cloud = 0.25;
  return k;
}
inline KnownDisplacement turned(std::string name) {
  return {.name = std::move(name),
          .shift_x = -16.3,
          .shift_y = 21.7,
          .stretch = 0.003,
          .shear = 0.004,
          .noise = 0.05,
          .changed = 0.1,
          .cloud = 0.1};
}

struct ScenePair {
  Image before, after;
};

namespace known {

// Standard normal numbers, the same on every platform.
class Normal {
 public:
  explicit Normal(std::uint32_t seed) : engine_(seed) {}
  double uniform() { return (double(engine_()) + 0.5) / 4294967296.0; }
  double operator()() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform()); }

 private:
  std::mt19937 engine_;
};

inline double standard_deviation(const Image& image) {
  double n = 0, sum = 0, squares = 0;
  for (std::size_t i = 0; i < image.samples.size(); ++i) {
    if (!image.usable[i]) continue;
    ++n;
    sum += image.samples[i];
    squares += double(image.samples[i]) * image.samples[i];
  }
  return n > 0 ? std::sqrt(std::max(squares / n - sum / n * (sum / n), 0.0)) : 0;
}

// Bilinear; exact at pixel centres. False outside and where the fine image is not usable.
inline bool sample(const Image& fine, double x, double y, double& value) {
  const double gx = x - 0.5, gy = y - 0.5;
  const int c = int(std::floor(gx + 1e-9)), r = int(std::floor(gy + 1e-9));
  const double fx = std::max(gx - c, 0.0), fy = std::max(gy - r, 0.0);
  value = 0;
  for (int q = 0; q < 4; ++q) {
    const double w = (q % 2 ? fx : 1 - fx) * (q / 2 ? fy : 1 - fy);
    if (w < 1e-9) continue;
    const int xx = c + q % 2, yy = r + q / 2;
    if (xx < 0 || yy < 0 || xx >= fine.width || yy >= fine.height || !fine.mask(xx, yy)) return false;
    value += w * fine.at(xx, yy);
  }
  return true;
}

// Mean of factor^2 samples over each coarse pixel, taken at the ground position `ground` gives for it.
inline Image area_average(const Image& fine, int factor, int size, int margin,
                          const std::function<Point(double, double)>& ground) {
  Image out(size, size);
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x) {
      double sum = 0;
      bool whole = true;
      for (int q = 0; q < factor * factor && whole; ++q) {
        const Point p = ground(x + (q % factor + 0.5) / factor, y + (q / factor + 0.5) / factor);
        double value = 0;
        whole = sample(fine, (p.x + margin) * factor, (p.y + margin) * factor, value);
        sum += value;
      }
      out.mask(x, y) = whole;
      out.at(x, y) = whole ? float(sum / (factor * factor)) : 0.0f;
    }
  return out;
}

}  // namespace known

// `size` coarse pixels a side, `margin` coarse pixels of the fine image around them; the fine image has at least
// factor * (size + 2 * margin) pixels a side.
inline ScenePair make_pair(const Image& fine, int factor, int size, int margin, const KnownDisplacement& k) {
  using known::Normal;
  ScenePair pair;
  pair.before = known::area_average(fine, factor, size, margin, [](double x, double y) { return Point{x, y}; });
  pair.after = known::area_average(fine, factor, size, margin, [&](double x, double y) {
    Point p{x, y};  // solves p + d(p) = (x, y)
    for (int i = 0; i < 6; ++i) {
      const Point d = k.at(p.x, p.y, size);
      p = {x - d.x, y - d.y};
    }
    return p;
  });
  const double spread = known::standard_deviation(pair.before);
  Normal random(k.seed);
  const double pixels = double(size) * size;

  // Other ground: rectangles that show the scene turned by 180 degrees.
  const Image plain = pair.after;
  std::vector<std::uint8_t> changed(plain.samples.size(), 0);
  for (double share = 0; share < k.changed;) {
    const int w = 6 + int(30 * random.uniform()), h = 6 + int(30 * random.uniform());
    const int left = int((size - w) * random.uniform()), top = int((size - h) * random.uniform());
    for (int y = top; y < top + h; ++y)
      for (int x = left; x < left + w; ++x) {
        auto& mark = changed[static_cast<std::size_t>(y) * size + x];
        if (!mark) share += 1 / pixels;
        mark = 1;
        pair.after.at(x, y) = plain.at(size - 1 - x, size - 1 - y);
        pair.after.mask(x, y) = plain.mask(size - 1 - x, size - 1 - y);
      }
  }
  // Clouds: bright discs with soft edges.
  std::vector<std::uint8_t> clouded(plain.samples.size(), 0);
  for (double share = 0; share < k.cloud;) {
    const double radius = 10 + 40 * random.uniform(), cx = size * random.uniform(), cy = size * random.uniform();
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x) {
        const double opacity = std::min(1.0, (radius - std::hypot(x - cx, y - cy)) / 5);
        if (opacity <= 0) continue;
        auto& mark = clouded[static_cast<std::size_t>(y) * size + x];
        if (!mark) share += 1 / pixels;
        mark = 1;
        float& v = pair.after.at(x, y);
        v = float((1 - opacity) * v + opacity * (plain.at(size / 2, size / 2) + 6 * spread));
        if (k.cloud_masked) pair.after.mask(x, y) = 0;
      }
  }
  if (k.band > 0) random = Normal(k.seed + 7919 * k.band);
  for (float& v : pair.after.samples) v = float(k.gain * v + k.offset * spread + k.gain * k.noise * spread * random());
  for (float& v : pair.before.samples) v = float(v + k.noise * spread * random());
  return pair;
}

}  // namespace plotwatch::support
