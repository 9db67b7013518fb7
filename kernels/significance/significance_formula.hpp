// The arithmetic between standard normal units z, decades d = -log10 Q(z), scores and bytes.
// Q(z) is the one-sided tail probability: d = 3 means that one unchanged pixel in a thousand looks as changed.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// Exact to double precision: erfc, and beyond its reach the asymptotic series of Mills' ratio
// (Abramowitz & Stegun 26.2.12), whose error is below 1e-9 there.
inline double decades(double z) {
  if (z < 20.0) return -std::log10(0.5 * std::erfc(z / std::sqrt(2.0)));
  const double u = 1.0 / (z * z);
  const double series = 1.0 - u * (1.0 - u * (3.0 - u * (15.0 - u * 105.0)));
  constexpr double ln_sqrt_2pi = 0.91893853320467274178;
  return (0.5 * z * z + ln_sqrt_2pi + std::log(z) - std::log(series)) / std::log(10.0);
}

// Base-2 logarithm for x > 0, normal numbers: exponent, plus the series of 2/ln2 artanh((m - 1)/(m + 1)) for the
// mantissa brought to [sqrt(1/2), sqrt(2)). Error below 2e-5; no table, no branch, the same bits on every processor.
PLOTWATCH_HD PLOTWATCH_INLINE float log2_approximate(float x) {
  const auto bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t shifted = bits - 0x3f3504f3;  // sqrt(1/2) starts a new exponent
  const std::int32_t exponent = shifted >> 23;
  const float m = std::bit_cast<float>((shifted & 0x007fffff) + 0x3f3504f3);
  const float s = (m - 1.0f) / (m + 1.0f);
  const float s2 = s * s;
  return static_cast<float>(exponent) + s * (2.88539008f + s2 * (0.961796694f + s2 * 0.577078016f));
}

// decades() for the pixel loop, z in [-1e4, 1e4]. Error below 0.002 (1 + d).
// z >= 0: Q(z) = exp(-z^2/2) / sqrt(2 pi) / ((1 - a) z + a sqrt(z^2 + b)), a = 0.339, b = 5.510
//   (P. Börjesson, C.-E. Sundberg, "Simple approximations of the error function Q(x) for communications applications",
//   IEEE Trans. Communications 27(3), 1979; relative error of Q below 0.3 %).
// z < 0: 0.30016 (1 + z / 3.43)^4, 0 below -3.43: our own fit, which meets the other branch at z = 0, so that
//   a higher z never gives a lower score.
PLOTWATCH_HD PLOTWATCH_INLINE float decades_approximate(float z) {
  constexpr float log10_2 = 0.30103f;
  const float up = z > 0.0f ? z : 0.0f;
  const float denominator = 0.661f * up + 0.339f * std::sqrt(up * up + 5.51f);
  const float tail = 0.21714724f * (up * up) + 0.39908993f + log10_2 * log2_approximate(denominator);
  const float ramp = 1.0f + z * (1.0f / 3.43f);
  const float kept = ramp > 0.0f ? ramp : 0.0f;
  const float below = 0.30016f * ((kept * kept) * (kept * kept));
  return z >= 0.0f ? tail : below;
}

// The score: 0 for no evidence, 0.5 at d = 2 (one in a hundred), towards 1 without end.
PLOTWATCH_HD PLOTWATCH_INLINE float score_of_decades(float d) { return d / (d + 2.0f); }

inline double score_of_byte(std::uint8_t byte) { return byte / 250.0; }               // 0..250
inline double decades_of_score(double score) { return 2.0 * score / (1.0 - score); }  // score < 1

// inverse_scale: 1 / scale of the null model, taken once, for a multiplication is many times as fast as a division.
PLOTWATCH_HD PLOTWATCH_INLINE float standardised(float score, float location, float inverse_scale) {
  return (score - location) * inverse_scale;
}

// Location and inverse scale at knots; standardised() at `along`, `inverse_step` = 1 / step.
PLOTWATCH_HD PLOTWATCH_INLINE float standardised_along(float z, float along, float first, float inverse_step,
                                                       const float* location, const float* inverse_scale, int knots) {
  const float at = (along - first) * inverse_step;
  const float last = static_cast<float>(knots - 1);
  const float low = at > 0.0f ? at : 0.0f;  // 0 when NaN
  const float place = low < last ? low : last;
  const int k = static_cast<int>(place);
  const int next = k + 1 < knots ? k + 1 : k;
  const float t = place - static_cast<float>(k);
  const float here = location[k] + t * (location[next] - location[k]);
  const float slope = inverse_scale[k] + t * (inverse_scale[next] - inverse_scale[k]);
  const float value = (z - here) * slope;
  return at == at ? value : at;
}

// The lower of both; NaN when either is, so that a detector that failed is never outvoted.
PLOTWATCH_HD PLOTWATCH_INLINE float lower_or_nan(float a, float b) {
  const float lower = a < b ? a : b;  // b when either is NaN
  return a == a ? lower : a;
}

// What to_score stores for a z, standardised already; the very formula, so a cut made with it agrees with the pixels.
// NaN gives 255.
PLOTWATCH_HD PLOTWATCH_INLINE std::uint8_t byte_of_z(float z) {
  const float low = z > -8.0f ? z : -8.0f;
  const float clamped = low < 1e4f ? low : 1e4f;
  const float rounded = 250.0f * score_of_decades(decades_approximate(clamped)) + 0.5f;
  const std::int32_t byte = static_cast<std::int32_t>(rounded);
  return static_cast<std::uint8_t>(z == z ? byte : 255);
}

// The z that a share p of unchanged pixels passes: Q(z) = p, to 1e-9 for p from 1e-300 to 1 - 1e-9. Newton's method on
// -log10 Q, which is convex and rising, from a start at or above the root: the tail bound Q(z) <= exp(-z^2/2) / 2.
inline double z_of_false_alarm_rate(double p) {
  if (!(p > 0.0 && p < 1.0)) throw std::invalid_argument("z_of_false_alarm_rate: rate must lie between 0 and 1");
  if (p > 0.5) return -z_of_false_alarm_rate(1.0 - p);
  const double target = -std::log10(p);
  double z = std::sqrt(-2.0 * std::log(2.0 * p));
  for (int i = 0; i < 60; ++i) {
    const double d = decades(z);
    const double log_density = -0.5 * z * z - 0.91893853320467274178;
    const double slope = std::exp(log_density + d * std::log(10.0)) / std::log(10.0);
    const double step = (d - target) / slope;
    z -= step;
    if (std::fabs(step) < 1e-13 * (1.0 + std::fabs(z))) break;
  }
  return z;
}

}  // namespace plotwatch::kernels
