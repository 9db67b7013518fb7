#include "kernels/resample/convolve.hpp"

#include <algorithm>
#include <cstring>

#include "kernels/base/multiversion.hpp"
#include "kernels/resample/load4.hpp"
#include "kernels/resample/resample_formula.hpp"

namespace plotwatch::kernels {
namespace {

template <class T>
PLOTWATCH_INLINE Float4 four_columns(const T* s, std::ptrdiff_t stride, const float* wy) {
  return column_sum(load4(s), load4(s + stride), load4(s + 2 * stride), load4(s + 3 * stride), wy[0], wy[1], wy[2],
                    wy[3]);
}

// The weighted columns of a window of 4 x 4 taps.
template <class T>
PLOTWATCH_INLINE Float4 narrow_lanes(const T* base, std::ptrdiff_t stride, const float* weights_x,
                                     const float* weights_y, const RowGeometry& row, int i) {
  return four_columns(base + row.start[i], stride, weights_y + row.weights_y[i]) * load4(weights_x + row.weights_x[i]);
}

// lane_sum of four pixels at once: two half sums of each pixel side by side, then those of all four.
PLOTWATCH_INLINE Float4 lane_sums(Float4 a, Float4 b, Float4 c, Float4 d) {
  const Float4 ab = __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
  const Float4 cd = __builtin_shufflevector(c, d, 0, 1, 4, 5) + __builtin_shufflevector(c, d, 2, 3, 6, 7);
  return __builtin_shufflevector(ab, cd, 0, 2, 4, 6) + __builtin_shufflevector(ab, cd, 1, 3, 5, 7);
}

// Any number of taps, a multiple of four across.
template <class T>
PLOTWATCH_INLINE float wide_window(const T* s, std::ptrdiff_t stride, const float* wx, const float* wy, int taps_x,
                                   int taps_y) {
  Float4 lanes = {0, 0, 0, 0};
  for (int j = 0; j < taps_x; j += 4) {
    const Float4 column = tall_column_sum<Float4>(
        [&](int k) __attribute__((always_inline)) { return load4(s + j + k * stride); }, wy, taps_y);
    const Float4 weighted = column * load4(wx + j);
    lanes = j == 0 ? weighted : lanes + weighted;
  }
  return lane_sum(lanes[0], lanes[1], lanes[2], lanes[3]);
}

template <class T>
PLOTWATCH_MULTIVERSION void narrow_run(View<const T> band, RowGeometry row, Linear linear, int begin, int end,
                                       float* __restrict out) {
  const float* __restrict wx = row.axis_x->weights.data();
  const float* __restrict wy = row.axis_y->weights.data();
  int i = begin;
  for (; i + 4 <= end; i += 4) {
    const Float4 sums = lane_sums(narrow_lanes(band.data, band.stride, wx, wy, row, i),
                                  narrow_lanes(band.data, band.stride, wx, wy, row, i + 1),
                                  narrow_lanes(band.data, band.stride, wx, wy, row, i + 2),
                                  narrow_lanes(band.data, band.stride, wx, wy, row, i + 3));
    const Float4 values = linear.scale * sums + linear.offset;
    std::memcpy(out + i, &values, sizeof values);
  }
  for (; i < end; ++i) {
    const Float4 lanes = narrow_lanes(band.data, band.stride, wx, wy, row, i);
    out[i] = linear.scale * lane_sum(lanes[0], lanes[1], lanes[2], lanes[3]) + linear.offset;
  }
}

template <class T>
PLOTWATCH_MULTIVERSION void wide_run(View<const T> band, RowGeometry row, Linear linear, int begin, int end,
                                     float* __restrict out) {
  const int taps_x = row.axis_x->taps, taps_y = row.axis_y->taps;
  for (int i = begin; i < end; ++i) {
    const float sum = wide_window(band.data + row.start[i], band.stride, row.axis_x->weights.data() + row.weights_x[i],
                                  row.axis_y->weights.data() + row.weights_y[i], taps_x, taps_y);
    out[i] = linear.scale * sum + linear.offset;
  }
}

// Vertical sums once a column, then four of them for each pixel: the same sums as narrow_run in the same order.
template <class T>
PLOTWATCH_MULTIVERSION void shifted_run(const T* __restrict s, std::ptrdiff_t stride, const float* wx, const float* wy,
                                        Linear linear, int n, float* __restrict column, float* __restrict out) {
  const float w0 = wy[0], w1 = wy[1], w2 = wy[2], w3 = wy[3];
  for (int i = 0; i < n + 3; ++i)
    column[i] =
        column_sum(static_cast<float>(s[i]), static_cast<float>(s[i + stride]), static_cast<float>(s[i + 2 * stride]),
                   static_cast<float>(s[i + 3 * stride]), w0, w1, w2, w3);
  const float x0 = wx[0], x1 = wx[1], x2 = wx[2], x3 = wx[3];
  for (int i = 0; i < n; ++i) {
    const float sum = lane_sum(column[i] * x0, column[i + 1] * x1, column[i + 2] * x2, column[i + 3] * x3);
    out[i] = linear.scale * sum + linear.offset;
  }
}

ResampleWindow window_of(const RowGeometry& row, int x) {
  const float px = row.axis_x->positive[static_cast<std::size_t>(phase(row.x[x]))];
  const float py = row.axis_y->positive[static_cast<std::size_t>(phase(row.y[x]))];
  return {sample_before(row.x[x]) - row.axis_x->before,
          sample_before(row.y[x]) - row.axis_y->before,
          row.axis_x->weights.data() + row.weights_x[x],
          row.axis_y->weights.data() + row.weights_y[x],
          row.axis_x->taps,
          row.axis_y->taps,
          positive_weight(px, py)};
}

bool usable_tap(Mask usable, int x, int y) {
  return x >= 0 && y >= 0 && x < usable.width && y < usable.height && usable(x, y) != 0;
}

}  // namespace

template <class T>
void convolve_whole(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* out) {
  if (row.narrow()) return narrow_run(band, row, linear, begin, end, out);
  wide_run(band, row, linear, begin, end, out);
}

template <class T>
void convolve_shifted(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* column,
                      float* out) {
  shifted_run(band.data + row.start[begin], band.stride, row.axis_x->weights.data() + row.weights_x[begin],
              row.axis_y->weights.data() + row.weights_y[begin], linear, end - begin, column, out + begin);
}

template <class T>
float convolve_partial(View<const T> band, Mask usable, const RowGeometry& row, Linear linear, int x) {
  const float value = partial_window(
      window_of(row, x), [&](int tap_x, int tap_y) { return band(tap_x, tap_y); },
      [&](int tap_x, int tap_y) { return usable_tap(usable, tap_x, tap_y); });
  return linear.scale * value + linear.offset;
}

bool partial_usable(Mask usable, const RowGeometry& row, float min_weight, int x) {
  if (!usable_tap(usable, nearest_pixel(row.x[x]), nearest_pixel(row.y[x]))) return false;
  return partial_window_usable(window_of(row, x), min_weight,
                               [&](int tap_x, int tap_y) { return usable_tap(usable, tap_x, tap_y); });
}

#define PLOTWATCH_CONVOLVE(T)                                                                          \
  template void convolve_whole(View<const T>, const RowGeometry&, Linear, int, int, float*);           \
  template void convolve_shifted(View<const T>, const RowGeometry&, Linear, int, int, float*, float*); \
  template float convolve_partial(View<const T>, Mask, const RowGeometry&, Linear, int);
PLOTWATCH_CONVOLVE(std::uint8_t)
PLOTWATCH_CONVOLVE(std::uint16_t)
PLOTWATCH_CONVOLVE(std::int16_t)
PLOTWATCH_CONVOLVE(float)
#undef PLOTWATCH_CONVOLVE

}  // namespace plotwatch::kernels
