#include "kernels/resample/convolve.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "kernels/base/multiversion.hpp"
#include "kernels/resample/resample_formula.hpp"

namespace plotwatch::kernels {
namespace {

// Four columns side by side: the vector type of GCC and Clang, which every processor level can hold.
using Float4 = float __attribute__((vector_size(16)));
using Int4 = std::int32_t __attribute__((vector_size(16)));

template <class T>
PLOTWATCH_INLINE Float4 load4(const T* p) {
  if constexpr (std::is_same_v<T, float>) {
    Float4 v;
    std::memcpy(&v, p, sizeof v);
    return v;
  } else {
    typedef T Small4 __attribute__((vector_size(4 * sizeof(T))));  // `using` drops the attribute of a dependent type
    Small4 v;
    std::memcpy(&v, p, sizeof v);
    return __builtin_convertvector(__builtin_convertvector(v, Int4), Float4);
  }
}

PLOTWATCH_INLINE Float4 load_weights(const float* p) { return load4(p); }

template <class T>
PLOTWATCH_INLINE Float4 four_columns(const T* s, std::ptrdiff_t stride, const float* wy) {
  return column_sum(load4(s), load4(s + stride), load4(s + 2 * stride), load4(s + 3 * stride), wy[0], wy[1], wy[2],
                    wy[3]);
}

// A kernel of 4 x 4 taps.
template <class T>
PLOTWATCH_INLINE float narrow_window(const T* s, std::ptrdiff_t stride, const float* wx, const float* wy) {
  const Float4 lanes = four_columns(s, stride, wy) * load_weights(wx);
  return lane_sum(lanes[0], lanes[1], lanes[2], lanes[3]);
}

// Any number of taps, a multiple of four across.
template <class T>
PLOTWATCH_INLINE float wide_window(const T* s, std::ptrdiff_t stride, const float* wx, const float* wy, int taps_x,
                                   int taps_y) {
  Float4 lanes = {0, 0, 0, 0};
  for (int j = 0; j < taps_x; j += 4) {
    Float4 sum = load4(s + j) * wy[0];
    for (int k = 1; k < taps_y; ++k) sum = sum + load4(s + j + k * stride) * wy[k];
    const Float4 weighted = sum * load_weights(wx + j);
    lanes = j == 0 ? weighted : lanes + weighted;
  }
  return lane_sum(lanes[0], lanes[1], lanes[2], lanes[3]);
}

template <class T>
PLOTWATCH_MULTIVERSION void narrow_run(View<const T> band, RowGeometry row, Linear linear, int begin, int end,
                                       float* __restrict out) {
  const std::int32_t* __restrict px = row.x;
  const std::int32_t* __restrict py = row.y;
  const float* __restrict weights_x = row.axis_x->weights.data();
  const float* __restrict weights_y = row.axis_y->weights.data();
  const T* base = band.data - row.axis_y->before * band.stride - row.axis_x->before;
  for (int i = begin; i < end; ++i) {
    const T* s = base + sample_before(py[i]) * band.stride + sample_before(px[i]);
    const float sum = narrow_window(s, band.stride, weights_x + 4 * phase(px[i]), weights_y + 4 * phase(py[i]));
    out[i] = linear.scale * sum + linear.offset;
  }
}

template <class T>
PLOTWATCH_MULTIVERSION void wide_run(View<const T> band, RowGeometry row, Linear linear, int begin, int end,
                                     float* __restrict out) {
  const int taps_x = row.axis_x->taps, taps_y = row.axis_y->taps;
  for (int i = begin; i < end; ++i) {
    const T* s = &band(sample_before(row.x[i]) - row.axis_x->before, sample_before(row.y[i]) - row.axis_y->before);
    const float sum = wide_window(s, band.stride, row.axis_x->weights.data() + phase(row.x[i]) * taps_x,
                                  row.axis_y->weights.data() + phase(row.y[i]) * taps_y, taps_x, taps_y);
    out[i] = linear.scale * sum + linear.offset;
  }
}

// Vertical sums once a column, then four of them for each pixel: the same sums as narrow_run in the same order.
template <class T>
PLOTWATCH_MULTIVERSION void shifted_run(const T* __restrict s, std::ptrdiff_t stride, const float* wx, const float* wy,
                                        Linear linear, int n, float* __restrict column, float* __restrict out) {
  const float w0 = wy[0], w1 = wy[1], w2 = wy[2], w3 = wy[3];
  for (int i = 0; i < n + 3; ++i)
    column[i] = column_sum(static_cast<float>(s[i]), static_cast<float>(s[i + stride]),
                           static_cast<float>(s[i + 2 * stride]), static_cast<float>(s[i + 3 * stride]), w0, w1, w2, w3);
  const float x0 = wx[0], x1 = wx[1], x2 = wx[2], x3 = wx[3];
  for (int i = 0; i < n; ++i) {
    const float sum = lane_sum(column[i] * x0, column[i + 1] * x1, column[i + 2] * x2, column[i + 3] * x3);
    out[i] = linear.scale * sum + linear.offset;
  }
}

// A pixel's window: where it starts and its weights.
struct Window {
  int x, y;
  const float *wx, *wy;
  float positive;  // sum of the window's positive weights
};

Window window_of(const RowGeometry& row, int x) {
  const int phase_x = phase(row.x[x]), phase_y = phase(row.y[x]);
  const float px = row.axis_x->positive[static_cast<std::size_t>(phase_x)];
  const float py = row.axis_y->positive[static_cast<std::size_t>(phase_y)];
  return {sample_before(row.x[x]) - row.axis_x->before, sample_before(row.y[x]) - row.axis_y->before,
          row.axis_x->weights.data() + phase_x * row.axis_x->taps,
          row.axis_y->weights.data() + phase_y * row.axis_y->taps,
          // Both positive or both negative; the weights of an axis sum up to 1.
          px * py + (px - 1.0f) * (py - 1.0f)};
}

bool usable_tap(Mask usable, int x, int y) {
  return x >= 0 && y >= 0 && x < usable.width && y < usable.height && usable(x, y) != 0;
}

}  // namespace

template <class T>
void convolve_whole(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* out) {
  if (row.axis_x->taps == 4 && row.axis_y->taps == 4) return narrow_run(band, row, linear, begin, end, out);
  wide_run(band, row, linear, begin, end, out);
}

template <class T>
void convolve_shifted(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* column,
                      float* out) {
  const std::int32_t x = row.x[begin], y = row.y[begin];
  shifted_run(&band(sample_before(x) - row.axis_x->before, sample_before(y) - row.axis_y->before), band.stride,
              row.axis_x->weights.data() + 4 * phase(x), row.axis_y->weights.data() + 4 * phase(y), linear, end - begin,
              column, out + begin);
}

template <class T>
float convolve_partial(View<const T> band, Mask usable, const RowGeometry& row, Linear linear, int x) {
  const Window w = window_of(row, x);
  float lanes[4] = {}, weight = 0.0f;
  for (int j = 0; j < row.axis_x->taps; ++j) {
    float column = 0.0f;
    for (int k = 0; k < row.axis_y->taps; ++k) {
      if (!usable_tap(usable, w.x + j, w.y + k)) continue;
      column = column + static_cast<float>(band(w.x + j, w.y + k)) * w.wy[k];
      weight = weight + w.wx[j] * w.wy[k];
    }
    lanes[j % 4] = lanes[j % 4] + column * w.wx[j];
  }
  return linear.scale * (lane_sum(lanes[0], lanes[1], lanes[2], lanes[3]) / weight) + linear.offset;
}

bool partial_usable(Mask usable, const RowGeometry& row, float min_weight, int x) {
  if (!usable_tap(usable, nearest_pixel(row.x[x]), nearest_pixel(row.y[x]))) return false;
  const Window w = window_of(row, x);
  float positive = 0.0f;
  for (int j = 0; j < row.axis_x->taps; ++j)
    for (int k = 0; k < row.axis_y->taps; ++k)
      if (usable_tap(usable, w.x + j, w.y + k)) positive = positive + std::max(w.wx[j] * w.wy[k], 0.0f);
  return positive >= min_weight * w.positive;
}

#define PLOTWATCH_CONVOLVE(T)                                                                                        \
  template void convolve_whole(View<const T>, const RowGeometry&, Linear, int, int, float*);                         \
  template void convolve_shifted(View<const T>, const RowGeometry&, Linear, int, int, float*, float*);               \
  template float convolve_partial(View<const T>, Mask, const RowGeometry&, Linear, int);
PLOTWATCH_CONVOLVE(std::uint8_t)
PLOTWATCH_CONVOLVE(std::uint16_t)
PLOTWATCH_CONVOLVE(std::int16_t)
PLOTWATCH_CONVOLVE(float)
#undef PLOTWATCH_CONVOLVE

}  // namespace plotwatch::kernels
