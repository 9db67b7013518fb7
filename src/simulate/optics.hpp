// From ground to pixels: the point spread of the sensor over a grid finer than its pixels.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/geometry.hpp"

namespace plotwatch::simulate {

// Weights of the samples around a pixel: a Gaussian of `fwhm_px` cut off `reach_px` from the pixel's centre. The
// samples of pixel p are the fine samples p * supersample - offset … in steps of one.
struct PointSpread {
  PointSpread(int supersample, double fwhm_px);
  int supersample;
  int first;                   // fine sample of the first weight, relative to the pixel's first fine sample; <= 0
  std::vector<float> weights;  // sum 1, symmetric about the pixel's centre
};

// How the picture lies on the ground: what is at pixel position (x, y) of a picture without error is found at
// (x + dx, y + dy) in this one, where (dx, dy) is the shift and a smooth wave.
class Misplacement {
 public:
  Misplacement() = default;
  Misplacement(std::uint64_t seed, double shift_x, double shift_y, double distortion_px, int width, int height);
  Point at(double x, double y) const;  // (dx, dy), px, at a position of this picture

 private:
  double shift_x_ = 0, shift_y_ = 0, amplitude_ = 0;
  double wave_x_ = 0, wave_y_ = 0, phase_[4] = {0, 0, 0, 0};
};

}  // namespace plotwatch::simulate
