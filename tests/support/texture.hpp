// Smooth random texture known everywhere, so that it can be sampled at any shift without interpolation.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include "support/image.hpp"

namespace plotwatch::support {

// A sum of plane waves with wavelengths from 5 to 40 pixels.
class Texture {
 public:
  explicit Texture(std::uint32_t seed) {
    std::mt19937 engine(seed);
    const auto uniform = [&] { return (double(engine()) + 0.5) / 4294967296.0; };
    for (int i = 0; i < 80; ++i) {
      const double k = 2 * std::numbers::pi / (5 + 35 * uniform()), direction = 2 * std::numbers::pi * uniform();
      waves_.push_back({k * std::cos(direction), k * std::sin(direction), 2 * std::numbers::pi * uniform()});
    }
  }

  // The ground at (x, y) lies in the image at (x + dx, y + dy).
  Image image(int width, int height, double dx = 0, double dy = 0, double gain = 1, double offset = 0) const {
    std::vector<double> row(static_cast<std::size_t>(width));
    Image out(width, height);
    for (int y = 0; y < height; ++y) {
      std::fill(row.begin(), row.end(), 0.0);
      for (const Wave& w : waves_) {
        // Along a row the wave turns by the same angle from pixel to pixel.
        std::complex<double> value = std::polar(1.0, w.kx * (0.5 - dx) + w.ky * (y + 0.5 - dy) + w.phase);
        const std::complex<double> turn = std::polar(1.0, w.kx);
        for (double& v : row) {
          v += value.real();
          value *= turn;
        }
      }
      for (int x = 0; x < width; ++x) out.at(x, y) = float(gain * row[static_cast<std::size_t>(x)] + offset);
    }
    return out;
  }

 private:
  struct Wave {
    double kx, ky, phase;
  };
  std::vector<Wave> waves_;
};

}  // namespace plotwatch::support
