#include "kernels/device/stream_queue.cuh"
#include "kernels/intersect/intersect_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

__global__ void intersect_kernel(Mask in, MutableMask inout) {
  const auto [x, y] = this_pixel();
  if (x >= inout.width || y >= inout.height) return;
  inout(x, y) = both_set(in(x, y), inout(x, y));
}

}  // namespace

void StreamQueue::intersect(Mask in, MutableMask inout) {
  launch("intersect", intersect_kernel, over_pixels(inout.width, inout.height), in, inout);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
