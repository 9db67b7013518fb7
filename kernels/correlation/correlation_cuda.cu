#include <algorithm>

#include "kernels/correlation/correlation_formula.hpp"
#include "kernels/correlation/transforms.cuh"
#include "kernels/device/stream_queue.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr std::size_t alignment = 256;

// Travels with the launch into constant memory.
struct Corners {
  int count;
  Corner at[most_windows];
};

// A thread a sample of a transform; windows of a batch that are not there are 0.
__global__ void gather_kernel(View<const float> re, View<const float> im, View<const float> weight, Corners corners,
                              CorrelationShape shape, Complex* out) {
  const auto [x, y] = this_pixel();
  const int window = static_cast<int>(blockIdx.z);
  if (x >= shape.columns || y >= shape.rows) return;
  Complex value{0.0f, 0.0f};
  if (window < corners.count && x < shape.width && y < shape.height) {
    const int sx = corners.at[window].x + x, sy = corners.at[window].y + y;
    value = weighted(re(sx, sy), im.data ? im(sx, sy) : 0.0f, weight.data ? weight(x, y) : 1.0f);
  }
  out[(std::ptrdiff_t{window} * shape.rows + y) * shape.columns + x] = value;
}

__global__ void cross_kernel(const Complex* after, const Complex* before, bool first, int samples, Complex* sum) {
  const int stride = static_cast<int>(gridDim.x * blockDim.x);
  for (int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); i < samples; i += stride)
    sum[i] = add_cross(first ? Complex{0.0f, 0.0f} : sum[i], after[i], before[i]);
}

// The displacements that were asked for, out of those that wrap around; cuFFT leaves the division to its caller.
__global__ void crop_kernel(const Complex* product, CorrelationShape shape, int windows, float scale, View<float> out) {
  const auto [x, y] = this_pixel();
  const int side = shape.side(), window = y / side;
  if (x >= side || window >= windows) return;
  const int column = wrapped(x - shape.reach, shape.columns), row = wrapped(y % side - shape.reach, shape.rows);
  out(x, y) = scale * product[(std::ptrdiff_t{window} * shape.rows + row) * shape.columns + column].re;
}

}  // namespace

void StreamQueue::correlate(std::span<const FieldPair> pairs, View<const float> weight, std::span<const Corner> windows,
                            const CorrelationShape& shape, View<float> out) {
  if (windows.empty() || pairs.empty()) return;
  activate();
  if (!transforms_) transforms_ = std::make_unique<TransformPlan>();
  transforms_->make(shape.columns, shape.rows, shape.windows_at_once, stream_);
  const std::size_t samples = static_cast<std::size_t>(shape.columns) * static_cast<std::size_t>(shape.rows) *
                              static_cast<std::size_t>(shape.windows_at_once);
  const std::size_t bytes = (samples * sizeof(Complex) + alignment - 1) / alignment * alignment;
  auto* const memory = static_cast<char*>(scratch(3 * bytes + transforms_->work_bytes()));
  auto* const before = reinterpret_cast<Complex*>(memory);
  auto* const after = reinterpret_cast<Complex*>(memory + bytes);
  auto* const sum = reinterpret_cast<Complex*>(memory + 2 * bytes);
  void* const work = memory + 3 * bytes;

  Corners corners{static_cast<int>(windows.size()), {}};
  std::copy(windows.begin(), windows.end(), corners.at);
  Shape gather = over_pixels(shape.columns, shape.rows);
  gather.grid.z = static_cast<unsigned>(shape.windows_at_once);
  constexpr int threads = 256, most_blocks = 4096;
  const int count = static_cast<int>(samples);
  const Shape line{dim3(std::min(ceil_divide(count, threads), unsigned{most_blocks})), dim3(threads)};
  const auto transform = [&](Complex* at, int direction) { transforms_->run(at, work, direction); };
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const FieldPair& p = pairs[i];
    launch("correlate gather", gather_kernel, gather, p.before_x, p.before_y, weight, corners, shape, before);
    transform(before, CUFFT_FORWARD);
    launch("correlate gather", gather_kernel, gather, p.after_x, p.after_y, weight, corners, shape, after);
    transform(after, CUFFT_FORWARD);
    launch("correlate cross", cross_kernel, line, after, before, i == 0, count, sum);
  }
  transform(sum, CUFFT_INVERSE);
  const float scale = 1.0f / (static_cast<float>(shape.columns) * static_cast<float>(shape.rows));
  launch("correlate crop", crop_kernel, over_pixels(shape.side(), shape.side() * corners.count), sum, shape,
         corners.count, scale, out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
