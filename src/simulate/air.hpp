// Between the ground and the sensor: gain and offset of an occasion, haze, clouds with their shadows, noise.
#pragma once

#include <cstdint>

#include "core/geometry.hpp"
#include "simulate/noise.hpp"
#include "simulate/phenology.hpp"
#include "simulate/simulate.hpp"
#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

// Clouds that cover the asked share of the scene. Positions are pixels of the scene.
class Clouds {
 public:
  Clouds(const DistrictOptions& options, const Sun& sun);

  float cover(double x, double y);   // [0, 1]: 0.5 and more counts as cloud
  float light(double x, double y);   // of the cloud's top, about 1: thick parts are brighter
  float shadow(double x, double y);  // [0, 1]: the cloud that stands between the sun and this place
  // As a cloud detector would have it: grown a little, with thin or broken edges missed in places.
  bool masked(double x, double y);

 private:
  float density(double x, double y) { return field_.at(x * pixel_size_, y * pixel_size_); }
  float soft(float density) const;

  double pixel_size_;
  FractalNoise field_;
  ValueNoise misses_;
  float threshold_ = 0;
  Point offset_;  // from the shadow to its cloud, px
};

// Gain and offset of the whole scene, band by band; the two dates differ by a few percent.
struct Radiometry {
  Spectrum gain, offset;
};
Radiometry radiometry(std::uint64_t seed, bool second);

// All of it on one pixel. One object a thread.
class Air {
 public:
  Air(const DistrictOptions& options, bool second);
  Air(const DistrictOptions& options, bool second, const Radiometry& radiometry);
  Spectrum through(const Spectrum& ground, int x, int y);  // at the pixel (x, y)
  Clouds* clouds() { return clouded_ ? &clouds_ : nullptr; }
  bool masked(int x, int y) { return clouded_ && clouds_.masked(x + 0.5, y + 0.5); }

 private:
  Radiometry radiometry_;
  bool clouded_;
  float haze_, noise_;
  double pixel_size_;
  std::uint64_t noise_seed_;
  FractalNoise haze_field_;
  Clouds clouds_;
};

}  // namespace plotwatch::simulate
