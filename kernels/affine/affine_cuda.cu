#include "kernels/affine/affine_formula.hpp"
#include "kernels/device/stream_queue.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

__global__ void affine_kernel(View<const float> in, float gain, float bias, View<float> out) {
  const auto [x, y] = this_pixel();
  if (x < out.width && y < out.height) out(x, y) = affine_value(in(x, y), gain, bias);
}

}  // namespace

void StreamQueue::affine(View<const float> in, float gain, float bias, View<float> out) {
  launch("affine", affine_kernel, over_pixels(out.width, out.height), in, gain, bias, out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
