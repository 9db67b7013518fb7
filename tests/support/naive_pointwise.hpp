// Kernels of one sample in double precision, from their contracts.
#pragma once

#include <cmath>

#include "kernels/base/view.hpp"

namespace plotwatch::test {

inline double naive_affine(double v, double gain, double bias) { return gain * v + bias; }

inline double naive_logarithm(double v, double floor) { return std::log(v + floor); }

// The largest |a - b| / (1 + |b|), b the naive value of the input at the same pixel; NaN on both sides agrees, on one
// side is infinitely far.
template <class Naive>
double largest_difference(kernels::View<const float> in, kernels::View<const float> out, Naive naive) {
  double largest = 0;
  for (int y = 0; y < in.height; ++y) {
    for (int x = 0; x < in.width; ++x) {
      const double want = naive(static_cast<double>(in(x, y))), got = static_cast<double>(out(x, y));
      if (std::isnan(want) && std::isnan(got)) continue;
      const double difference = std::fabs(got - want) / (1 + std::fabs(want));
      largest = std::isnan(difference) ? HUGE_VAL : std::fmax(largest, difference);
    }
  }
  return largest;
}

}  // namespace plotwatch::test
