// Surfaces of a real scene that look built or bare: what construction there would look like to this very sensor.
#pragma once

#include <vector>

#include "simulate/random.hpp"
#include "simulate/real_scene.hpp"

namespace plotwatch::simulate {

// A small neighbourhood of the scene: its mean spectrum, and its pixels as texture.
struct Donor {
  bool built = false;
  std::vector<double> mean;                   // a band
  std::vector<std::vector<float>> residuals;  // pixel by pixel: sample - mean, a band
};

// Ranks decide, so that digital numbers serve as well as reflectance. Brightness is the mean of all standardised bands
// but the near infrared. Built: brightness between the 80th and the 98.5th percentile. Bare: between the 50th and the
// 80th. Both: NDVI below its 40th percentile and near infrared above its 15th (no water), where the roles are known.
class DonorPool {
 public:
  explicit DonorPool(const RealScene& scene);  // throws Error(input) when hardly any pixel is valid

  Donor draw(bool built, Dice& dice) const;

  // Root mean square over the bands of the difference, in standard deviations of the scene.
  double contrast(const std::vector<double>& a, const std::vector<double>& b) const;
  std::vector<double> mean_around(int x, int y, int radius) const;
  const std::vector<double>& deviations() const { return deviation_; }  // standard deviation a band

 private:
  struct Place {
    int x, y;
  };
  Donor at(Place place) const;

  const RealScene& scene_;
  std::vector<double> mean_, deviation_;
  std::vector<Place> built_, bare_;
};

}  // namespace plotwatch::simulate
