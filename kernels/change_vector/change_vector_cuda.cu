#include <cmath>
#include <limits>

#include "kernels/change_vector/change_vector_formula.hpp"
#include "kernels/device/stream_queue.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr std::size_t shared_limit = 48 << 10;

__device__ float finished_change(float forth, float back, bool usable, bool squared) {
  const float larger = forth > back ? forth : back;
  const float value = squared ? larger : std::sqrt(larger);
  return usable ? value : std::numeric_limits<float>::quiet_NaN();
}

// Every sample is compared (2 radius + 1)^2 times, so both dates' samples of a tile and its halo are brought into
// shared memory first. What is not usable or outside is NaN there: a distance to it is NaN and never the least.
template <int Bands>
__global__ void tiled_kernel(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                             View<float> out, bool squared) {
  PLOTWATCH_SHARED_DYNAMIC(float, samples);
  const int bands = Bands > 0 ? Bands : before.bands;
  const int span_x = block_width + 2 * radius, span_y = block_height + 2 * radius, plane = span_x * span_y;
  const int left = static_cast<int>(blockIdx.x) * block_width - radius;
  const int top = static_cast<int>(blockIdx.y) * block_height - radius;
  const int thread = static_cast<int>(threadIdx.y * blockDim.x + threadIdx.x);
  for (int i = thread; i < plane; i += block_width * block_height) {
    const int x = left + i % span_x, y = top + i / span_x;
    const bool there = x >= 0 && y >= 0 && x < out.width && y < out.height && usable(x, y) != 0;
    for (int b = 0; b < bands; ++b) {
      samples[b * plane + i] = there ? before.band(b)(x, y) : std::numeric_limits<float>::quiet_NaN();
      samples[(bands + b) * plane + i] = there ? after.band(b)(x, y) : std::numeric_limits<float>::quiet_NaN();
    }
  }
  __syncthreads();
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const int p = (static_cast<int>(threadIdx.y) + radius) * span_x + static_cast<int>(threadIdx.x) + radius;
  const auto was = [&](int at) { return [&, at](int b) -> float { return samples[b * plane + at]; }; };
  const auto is = [&](int at) { return [&, at](int b) -> float { return samples[(bands + b) * plane + at]; }; };
  float forth = std::numeric_limits<float>::infinity(), back = forth;
  for (int dy = -radius; dy <= radius; ++dy) {
    for (int dx = -radius; dx <= radius; ++dx) {
      const int q = p + dy * span_x + dx;
      const float e1 = squared_distance(bands, was(p), is(q)), e2 = squared_distance(bands, was(q), is(p));
      forth = e1 < forth ? e1 : forth;
      back = e2 < back ? e2 : back;
    }
  }
  out(x, y) = finished_change(forth, back, usable(x, y) != 0, squared);
}

// Many bands with a wide search: straight from device memory.
__global__ void direct_kernel(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                              View<float> out, bool squared) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const auto of = [](Planes<const float> date, int at_x, int at_y) {
    return [=](int b) { return date.band(b)(at_x, at_y); };
  };
  float forth = std::numeric_limits<float>::infinity(), back = forth;
  for (int qy = y - radius; qy <= y + radius; ++qy) {
    for (int qx = x - radius; qx <= x + radius; ++qx) {
      if (qx < 0 || qy < 0 || qx >= out.width || qy >= out.height || usable(qx, qy) == 0) continue;
      const float e1 = squared_distance(before.bands, of(before, x, y), of(after, qx, qy));
      const float e2 = squared_distance(before.bands, of(before, qx, qy), of(after, x, y));
      forth = e1 < forth ? e1 : forth;
      back = e2 < back ? e2 : back;
    }
  }
  out(x, y) = finished_change(forth, back, usable(x, y) != 0, squared);
}

}  // namespace

void StreamQueue::change_vector(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                                View<float> out, bool squared) {
  const auto span_x = static_cast<std::size_t>(block_width + 2 * radius);
  const auto span_y = static_cast<std::size_t>(block_height + 2 * radius);
  const std::size_t bytes = 2 * static_cast<std::size_t>(before.bands) * span_x * span_y * sizeof(float);
  const auto run = [&](auto kernel, const Shape& shape) {
    launch("change_vector", kernel, shape, before, after, usable, radius, out, squared);
  };
  if (bytes > shared_limit) return run(direct_kernel, over_pixels(out.width, out.height));
  const Shape shape = over_pixels(out.width, out.height, bytes);
  switch (before.bands) {
    case 3: return run(tiled_kernel<3>, shape);
    case 4: return run(tiled_kernel<4>, shape);
    case 6: return run(tiled_kernel<6>, shape);
    default: return run(tiled_kernel<0>, shape);
  }
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
