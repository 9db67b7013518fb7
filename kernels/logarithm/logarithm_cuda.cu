#include "kernels/device/stream_queue.cuh"
#include "kernels/logarithm/logarithm_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

__global__ void logarithm_kernel(View<const float> in, float floor, View<float> out) {
  const auto [x, y] = this_pixel();
  if (x < out.width && y < out.height) out(x, y) = logarithm_value(in(x, y), floor);
}

}  // namespace

void StreamQueue::logarithm(View<const float> in, float floor, View<float> out) {
  launch("logarithm", logarithm_kernel, over_pixels(out.width, out.height), in, floor, out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
