#include "simulate/air.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "simulate/ground.hpp"
#include "simulate/random.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double cloud_height_m = 1100;
constexpr float edge = 0.09F;  // of the density, from clear to full cloud: clouds with soft borders

constexpr Spectrum cloud_top{.70F, .69F, .70F, .72F, .52F, .40F};
constexpr Spectrum shadow_light{.55F, .50F, .46F, .40F, .36F, .34F};
// Haze scatters blue most and hardly touches the shortwave infrared.
constexpr Spectrum haze_light{.32F, .30F, .29F, .28F, .22F, .18F};
constexpr Spectrum haze_depth{.50F, .40F, .33F, .22F, .08F, .05F};

}  // namespace

Clouds::Clouds(const DistrictOptions& o, const Sun& sun)
    : pixel_size_(o.pixel_size),
      field_(hash(o.seed, 61), {{1700, .55F}, {700, .34F}, {280, .20F}, {110, .11F}, {45, .06F}}),
      misses_(hash(o.seed, 62), 260) {
  constexpr double rad = std::numbers::pi / 180;
  const double reach = cloud_height_m / std::tan(std::max(sun.elevation_deg, 15.0) * rad) / o.pixel_size;
  offset_ = {reach * std::sin(sun.azimuth_deg * rad), -reach * std::cos(sun.azimuth_deg * rad)};
  if (o.cloud_share <= 0) return;
  std::vector<float> samples;
  constexpr int side = 220;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) samples.push_back(density((x + 0.5) * o.width / side, (y + 0.5) * o.height / side));
  const auto nth =
      samples.begin() + static_cast<std::ptrdiff_t>((1 - o.cloud_share) * static_cast<double>(samples.size() - 1));
  std::nth_element(samples.begin(), nth, samples.end());
  threshold_ = *nth;
}

float Clouds::soft(float density) const {
  const float t = std::clamp((density - threshold_) / edge + 0.5F, 0.0F, 1.0F);
  return t * t * (3 - 2 * t);
}

float Clouds::cover(double x, double y) { return soft(density(x, y)); }
float Clouds::light(double x, double y) { return 0.86F + 0.35F * std::clamp(density(x, y) - threshold_, 0.0F, 0.6F); }
float Clouds::shadow(double x, double y) { return soft(density(x + offset_.x, y + offset_.y)); }

bool Clouds::masked(double x, double y) {
  // In about one place in twenty the detector wants a much thicker cloud.
  const float wanted = misses_.at(x * pixel_size_, y * pixel_size_) > 0.72F ? 0.9F : 0.12F;
  return cover(x, y) > wanted || shadow(x, y) > wanted + 0.05F;
}

Radiometry radiometry(std::uint64_t seed, bool second) {
  Dice dice(hash(seed, second ? 72 : 71));
  Radiometry r;
  const double common = 0.03 * dice.normal();  // sun and view, all bands alike
  const double aerosol = dice.between(0.5, 1.0);
  for (std::size_t b = 0; b < r.gain.size(); ++b) {
    r.gain[b] = static_cast<float>(1 + common + 0.015 * dice.normal());
    // Path radiance, strongest in blue.
    r.offset[b] =
        static_cast<float>(0.05 * std::pow(0.55, static_cast<double>(b)) * aerosol * (1 + 0.08 * dice.normal()));
  }
  return r;
}

Air::Air(const DistrictOptions& o, bool second) : Air(o, second, radiometry(o.seed, second)) {}

Air::Air(const DistrictOptions& o, bool second, const Radiometry& radiometry)
    : radiometry_(radiometry),
      clouded_(second && o.cloud_share > 0),
      haze_(static_cast<float>(second ? o.haze : 0)),
      noise_(static_cast<float>(o.noise)),
      pixel_size_(o.pixel_size),
      noise_seed_(hash(o.seed, second ? 74 : 73)),
      haze_field_(hash(o.seed, 75), {{3800, .40F}, {1300, .18F}}),
      clouds_(o, sun_at(second ? o.after : o.before, district_latitude)) {}

Spectrum Air::through(const Spectrum& ground, int x, int y) {
  const double px = x + 0.5, py = y + 0.5;
  const float cloud = clouded_ ? clouds_.cover(px, py) : 0, shadow = clouded_ ? clouds_.shadow(px, py) : 0;
  const float light = cloud > 0 ? clouds_.light(px, py) : 1;
  const float haze =
      haze_ > 0 ? haze_ * std::clamp(0.55F + haze_field_.at(px * pixel_size_, py * pixel_size_), 0.0F, 1.0F) : 0;
  Spectrum out;
  for (std::size_t b = 0; b < out.size(); ++b) {
    float value = ground[b] * (1 - shadow * (1 - shadow_light[b]));
    value = radiometry_.gain[b] * value + radiometry_.offset[b];
    value += haze * haze_depth[b] * (haze_light[b] - value);
    value += cloud * (light * cloud_top[b] - value);
    if (noise_ > 0) value += noise_ * to_normal(hash(hash(noise_seed_, b), std::int64_t{x}, std::int64_t{y}));
    out[b] = value;
  }
  return out;
}

}  // namespace plotwatch::simulate
