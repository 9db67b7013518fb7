// The angle between two vectors from the chord between their directions: unlike the arc cosine of a product it is exact
// at small angles, and unlike the libraries' arc functions it has the same bits on every device.
#pragma once

#include <cmath>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// Arc sine of x in [0, 1/2]; polynomial of S. L. Moshier's Cephes library, relative error below 3e-7.
PLOTWATCH_HD PLOTWATCH_INLINE float small_arc_sine(float x) {
  const float z = x * x;
  float p = 4.2163199048e-2f;
  p = p * z + 2.4181311049e-2f;
  p = p * z + 4.5470025998e-2f;
  p = p * z + 7.4953002686e-2f;
  p = p * z + 1.6666752422e-1f;
  return x + x * z * p;
}

// Angle of half a chord of the unit circle, the half in [0, 1].
PLOTWATCH_HD PLOTWATCH_INLINE float angle_of_half_chord(float half) {
  constexpr float pi = 3.14159265358979f;
  const float x = half < 1.0f ? half : 1.0f;
  const bool wide = x > 0.5f;
  const float arc = small_arc_sine(wide ? std::sqrt(0.5f * (1.0f - x)) : x);
  return wide ? pi - 4.0f * arc : 2.0f * arc;
}

// Bands in order; a and b give band k's sum.
template <class A, class B>
PLOTWATCH_HD PLOTWATCH_INLINE float angle_between(int bands, A a, B b) {
  float aa = 0.0f, bb = 0.0f;
  for (int k = 0; k < bands; ++k) {
    aa = aa + a(k) * a(k);
    bb = bb + b(k) * b(k);
  }
  const bool directed = aa > 0.0f && bb > 0.0f;
  const float per_a = 1.0f / std::sqrt(directed ? aa : 1.0f), per_b = 1.0f / std::sqrt(directed ? bb : 1.0f);
  float apart = 0.0f, together = 0.0f;
  for (int k = 0; k < bands; ++k) {
    const float difference = a(k) * per_a - b(k) * per_b, sum = a(k) * per_a + b(k) * per_b;
    apart = apart + difference * difference;
    together = together + sum * sum;
  }
  // A chord near the diameter says little of its angle: of opposite directions the one to the mirrored vector is taken.
  constexpr float pi = 3.14159265358979f;
  const bool acute = apart <= together;
  const float arc = angle_of_half_chord(0.5f * std::sqrt(acute ? apart : together));
  const float angle = acute ? arc : pi - arc;
  return directed ? angle : 0.0f;
}

}  // namespace plotwatch::kernels
