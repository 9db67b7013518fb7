#include "kernels/device/stream_queue.cuh"
#include "kernels/stretch/stretch_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

__global__ void to_byte_kernel(View<const float> in, Mask usable, float low, float gain, MutableMask out) {
  const auto [x, y] = this_pixel();
  if (x < out.width && y < out.height) out(x, y) = stretched_byte(in(x, y), low, gain, usable(x, y) != 0);
}

}  // namespace

void StreamQueue::to_byte(View<const float> in, Mask usable, Stretch stretch, MutableMask out) {
  launch("to_byte", to_byte_kernel, over_pixels(out.width, out.height), in, usable, stretch.low, stretch_gain(stretch),
         out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
