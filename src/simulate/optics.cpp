#include "simulate/optics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulate/random.hpp"

namespace plotwatch::simulate {

PointSpread::PointSpread(int s, double fwhm_px) : supersample(s) {
  const double sigma = fwhm_px / 2.3548200450309493;
  const double reach = std::max(1.5, 3 * sigma);
  first = -static_cast<int>(std::lround((reach - 0.5) * s));
  const int count = s - 2 * first;
  double sum = 0;
  std::vector<double> raw;
  for (int i = 0; i < count; ++i) {
    const double distance = (first + i + 0.5) / s - 0.5;
    raw.push_back(std::exp(-0.5 * distance * distance / (sigma * sigma)));
    sum += raw.back();
  }
  for (const double w : raw) weights.push_back(static_cast<float>(w / sum));
}

Misplacement::Misplacement(std::uint64_t seed, double shift_x, double shift_y, double distortion_px, int width,
                           int height)
    : shift_x_(shift_x), shift_y_(shift_y), amplitude_(distortion_px) {
  Dice dice(hash(seed, 81));
  // A wave a little longer than the scene, so that no single shift or affine map takes it away.
  wave_x_ = 2 * std::numbers::pi / (width * dice.between(0.8, 1.3));
  wave_y_ = 2 * std::numbers::pi / (height * dice.between(0.8, 1.3));
  for (double& phase : phase_) phase = dice.between(0, 2 * std::numbers::pi);
}

Point Misplacement::at(double x, double y) const {
  if (amplitude_ == 0) return {shift_x_, shift_y_};
  return {shift_x_ + amplitude_ * std::sin(wave_x_ * x + phase_[0]) * std::cos(wave_y_ * y + phase_[1]),
          shift_y_ + amplitude_ * std::cos(wave_x_ * x + phase_[2]) * std::sin(wave_y_ * y + phase_[3])};
}

}  // namespace plotwatch::simulate
