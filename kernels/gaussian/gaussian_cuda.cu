#include <limits>

#include "kernels/device/stream_queue.cuh"
#include "kernels/gaussian/gaussian.hpp"
#include "kernels/gaussian/gaussian_formula.hpp"
#include "kernels/gaussian/taps.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int tile = 32;         // px a side that one block puts out
constexpr int tiled_radius = 8;  // the widest whose tile fits into shared memory: 31 KiB

template <int Count>
struct Taps {
  float tap[Count];
};

__device__ float smoothed(float value, float weight, bool usable) {
  return usable ? value / weight : std::numeric_limits<float>::quiet_NaN();
}

// Both directions in one kernel: samples are read once (with their halo) and written once, sums stay in shared memory.
__global__ void tiled_kernel(View<const float> in, Mask usable, Taps<tiled_radius + 1> taps, int radius,
                             View<float> out) {
  PLOTWATCH_SHARED_DYNAMIC(float, memory);
  const int span = tile + 2 * radius;
  const auto value = memory, weight = memory + span * span;
  const auto row_value = weight + span * span, row_weight = row_value + span * tile;
  const int left = static_cast<int>(blockIdx.x) * tile - radius, top = static_cast<int>(blockIdx.y) * tile - radius;
  const int thread = static_cast<int>(threadIdx.y * blockDim.x + threadIdx.x);
  const int threads = static_cast<int>(blockDim.x * blockDim.y);
  for (int i = thread; i < span * span; i += threads) {
    const int x = left + i % span, y = top + i / span;
    const bool there = x >= 0 && y >= 0 && x < in.width && y < in.height && usable(x, y) != 0;
    value[i] = there ? in(x, y) : 0.0f;
    weight[i] = there ? 1.0f : 0.0f;
  }
  __syncthreads();
  for (int i = thread; i < span * tile; i += threads) {
    const int centre = i / tile * span + i % tile + radius;
    row_value[i] = symmetric_sum(taps.tap, radius, [&](int k) -> float { return value[centre + k]; });
    row_weight[i] = symmetric_sum(taps.tap, radius, [&](int k) -> float { return weight[centre + k]; });
  }
  __syncthreads();
  for (int row = static_cast<int>(threadIdx.y); row < tile; row += static_cast<int>(blockDim.y)) {
    const int column = static_cast<int>(threadIdx.x);
    const int x = left + radius + column, y = top + radius + row;
    if (x >= out.width || y >= out.height) continue;
    const int centre = (row + radius) * tile + column;
    const float v = symmetric_sum(taps.tap, radius, [&](int k) -> float { return row_value[centre + k * tile]; });
    const float w = symmetric_sum(taps.tap, radius, [&](int k) -> float { return row_weight[centre + k * tile]; });
    out(x, y) = smoothed(v, w, usable(x, y) != 0);
  }
}

// Any radius, and in place: along the rows into `value` and `weight`, then down the columns.
__global__ void rows_kernel(View<const float> in, Mask usable, Taps<max_gaussian_radius + 1> taps, int radius,
                            View<float> value, View<float> weight) {
  const auto [x, y] = this_pixel();
  if (x >= in.width || y >= in.height) return;
  const auto there = [&, x = x, y = y](int k) { return x + k >= 0 && x + k < in.width && usable(x + k, y) != 0; };
  value(x, y) = symmetric_sum(taps.tap, radius, [&, x = x, y = y](int k) { return there(k) ? in(x + k, y) : 0.0f; });
  weight(x, y) = symmetric_sum(taps.tap, radius, [&](int k) { return there(k) ? 1.0f : 0.0f; });
}

__global__ void columns_kernel(View<const float> value, View<const float> weight, Mask usable,
                               Taps<max_gaussian_radius + 1> taps, int radius, View<float> out) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const auto sum = [&, x = x, y = y](View<const float> rows) {
    return symmetric_sum(taps.tap, radius,
                         [&](int k) { return y + k >= 0 && y + k < rows.height ? rows(x, y + k) : 0.0f; });
  };
  out(x, y) = smoothed(sum(value), sum(weight), usable(x, y) != 0);
}

__global__ void copy_kernel(View<const float> in, Mask usable, View<float> out) {
  const auto [x, y] = this_pixel();
  if (x < out.width && y < out.height)
    out(x, y) = usable(x, y) != 0 ? in(x, y) : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

void StreamQueue::gaussian(View<const float> in, Mask usable, float sigma, View<float> out) {
  const int radius = gaussian_radius(sigma);
  if (out.empty()) return;
  if (radius == 0) {
    launch("gaussian copy", copy_kernel, over_pixels(out.width, out.height), in, usable, out);
  } else if (radius <= tiled_radius && in.data != out.data) {
    Taps<tiled_radius + 1> taps{};
    make_taps(sigma, radius, taps.tap);
    const int span = tile + 2 * radius;
    const Shape shape{dim3(ceil_divide(out.width, tile), ceil_divide(out.height, tile)), dim3(tile, 8),
                      static_cast<std::size_t>(2 * span * span + 2 * span * tile) * sizeof(float)};
    launch("gaussian", tiled_kernel, shape, in, usable, taps, radius, out);
  } else {
    Taps<max_gaussian_radius + 1> taps{};
    make_taps(sigma, radius, taps.tap);
    const std::size_t pixels = static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height);
    auto* memory = static_cast<float*>(scratch(2 * pixels * sizeof(float)));
    const View<float> value{memory, out.width, out.height, out.width};
    const View<float> weight{memory + pixels, out.width, out.height, out.width};
    const Shape shape = over_pixels(out.width, out.height);
    launch("gaussian rows", rows_kernel, shape, in, usable, taps, radius, value, weight);
    launch("gaussian columns", columns_kernel, shape, value, weight, usable, taps, radius, out);
  }
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
