#include "kernels/device/stream_queue.cuh"
#include "kernels/quality/quality_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

template <class T>
__global__ void quality_kernel(View<const T> quality, const std::uint8_t* table, MutableMask out) {
  const auto [x, y] = this_pixel();
  if (x < out.width && y < out.height) out(x, y) = usable_of_quality(table, quality(x, y));
}

}  // namespace

void StreamQueue::usable_from_quality(View<const std::uint8_t> quality, const std::uint8_t* table, MutableMask out) {
  launch("usable_from_quality", quality_kernel<std::uint8_t>, over_pixels(out.width, out.height), quality, table, out);
}

void StreamQueue::usable_from_quality(View<const std::uint16_t> quality, const std::uint8_t* table, MutableMask out) {
  launch("usable_from_quality", quality_kernel<std::uint16_t>, over_pixels(out.width, out.height), quality, table, out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
