// Kernels, positions and sums of the resampling, each once.
#pragma once

#include <cstdint>

#include "kernels/base/multiversion.hpp"
#include "kernels/base/view.hpp"
#include "kernels/resample/resample.hpp"

namespace plotwatch::kernels {

// Keys' cubic convolution kernel, a = -1/2; t in source pixels from the position.
PLOTWATCH_HD inline double keys_cubic(double t) {
  const double u = t < 0 ? -t : t;
  if (u < 1) return 1 + u * u * (1.5 * u - 2.5);
  if (u < 2) return 2 + u * (-4 + u * (2.5 - 0.5 * u));
  return 0;
}

PLOTWATCH_HD inline double triangle(double t) {
  const double u = t < 0 ? -t : t;
  return u < 1 ? 1 - u : 0;
}

// Positions are 1/256 pixel with pixel 0 on [0, 256). Shifts of negative numbers round down (C++20).
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t nearest_pixel(std::int32_t position) { return position >> 8; }
// The sample centre at or left of the position, and how far the position lies beyond it, 0 to 255.
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t sample_before(std::int32_t position) { return (position - 128) >> 8; }
PLOTWATCH_HD PLOTWATCH_INLINE std::int32_t phase(std::int32_t position) { return (position - 128) & 255; }

// One column of a window of four rows; V is a float, or several columns side by side.
template <class V>
PLOTWATCH_HD PLOTWATCH_INLINE V column_sum(V s0, V s1, V s2, V s3, float w0, float w1, float w2, float w3) {
  return ((s0 * w0 + s1 * w1) + s2 * w2) + s3 * w3;
}

// A column of a window of any number of rows; at(k) gives row k.
template <class V, class At>
PLOTWATCH_HD PLOTWATCH_INLINE V tall_column_sum(At at, const float* weights, int rows) {
  V sum = at(0) * weights[0];
  for (int k = 1; k < rows; ++k) sum = sum + at(k) * weights[k];
  return sum;
}

// Weighted columns are added up in four lanes (column j in lane j mod 4), then the lanes in this order.
PLOTWATCH_HD PLOTWATCH_INLINE float lane_sum(float l0, float l1, float l2, float l3) { return (l0 + l2) + (l1 + l3); }

// A pixel's window of taps and its weights.
struct ResampleWindow {
  int x, y;  // of its first tap
  const float *weights_x, *weights_y;
  int taps_x, taps_y;
  float positive;  // sum of the window's positive weights
};

// positive_x, positive_y: sums of the positive weights on either axis, whose weights add up to 1. A product is positive
// where both are or neither is.
PLOTWATCH_HD PLOTWATCH_INLINE float positive_weight(float positive_x, float positive_y) {
  return positive_x * positive_y + (positive_x - 1.0f) * (positive_y - 1.0f);
}

// A window all of whose taps can be used; sample(x, y). taps_x is a multiple of 4.
template <class Sample>
PLOTWATCH_HD inline float whole_window(const ResampleWindow& w, Sample sample) {
  float lanes[4] = {0.0f, 0.0f, 0.0f, 0.0f};
  for (int first = 0; first < w.taps_x; first += 4) {
    for (int lane = 0; lane < 4; ++lane) {  // known to the compiler, so that lanes stay in registers
      const int j = first + lane;
      const float weighted =
          w.weights_x[j] * tall_column_sum<float>([&](int k) { return static_cast<float>(sample(w.x + j, w.y + k)); },
                                                  w.weights_y, w.taps_y);
      lanes[lane] = first == 0 ? weighted : lanes[lane] + weighted;
    }
  }
  return lane_sum(lanes[0], lanes[1], lanes[2], lanes[3]);
}

// Taps that cannot be used are left out and the others' weights made to add up to 1; usable(x, y).
template <class Sample, class Usable>
PLOTWATCH_HD inline float partial_window(const ResampleWindow& w, Sample sample, Usable usable) {
  float lanes[4] = {0.0f, 0.0f, 0.0f, 0.0f}, weight = 0.0f;
  for (int first = 0; first < w.taps_x; first += 4) {
    for (int lane = 0; lane < 4; ++lane) {
      const int j = first + lane;
      float column = 0.0f;
      for (int k = 0; k < w.taps_y; ++k) {
        if (!usable(w.x + j, w.y + k)) continue;
        column = column + static_cast<float>(sample(w.x + j, w.y + k)) * w.weights_y[k];
        weight = weight + w.weights_x[j] * w.weights_y[k];
      }
      lanes[lane] = lanes[lane] + column * w.weights_x[j];
    }
  }
  return lane_sum(lanes[0], lanes[1], lanes[2], lanes[3]) / weight;
}

// Whether the usable taps carry enough of the positive weight.
template <class Usable>
PLOTWATCH_HD inline bool partial_window_usable(const ResampleWindow& w, float min_weight, Usable usable) {
  float positive = 0.0f;
  for (int j = 0; j < w.taps_x; ++j) {
    for (int k = 0; k < w.taps_y; ++k) {
      const float weight = w.weights_x[j] * w.weights_y[k];
      if (usable(w.x + j, w.y + k)) positive = positive + (weight > 0.0f ? weight : 0.0f);
    }
  }
  return positive >= min_weight * w.positive;
}

// One coordinate of output pixel (x, y), exact: what lattice.cpp gives a row at a time. A node without weight need not
// be there.
PLOTWATCH_HD inline std::int32_t lattice_position(const CoordinateLattice& lattice, const std::int32_t* nodes, int x,
                                                  int y) {
  const std::int64_t step = std::int64_t{1} << lattice.step_log2;
  const int gx = x + lattice.offset_x, gy = y + lattice.offset_y;
  const int column = gx >> lattice.step_log2, row = gy >> lattice.step_log2;
  const std::int64_t fx = gx & (step - 1), fy = gy & (step - 1);
  const int next_column = column + 1 < lattice.columns ? column + 1 : column;
  const int next_row = row + 1 < lattice.rows ? row + 1 : row;
  const auto node = [&](int c, int r) -> std::int64_t { return nodes[std::ptrdiff_t{r} * lattice.columns + c]; };
  const std::int64_t left = node(column, row) * (step - fy) + node(column, next_row) * fy;
  const std::int64_t right = node(next_column, row) * (step - fy) + node(next_column, next_row) * fy;
  const int shift = 2 * lattice.step_log2;
  const std::int64_t half = shift > 0 ? std::int64_t{1} << (shift - 1) : 0;
  return static_cast<std::int32_t>((left * (step - fx) + right * fx + half) >> shift);
}

}  // namespace plotwatch::kernels
