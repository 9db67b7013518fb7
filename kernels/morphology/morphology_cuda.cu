#include <algorithm>

#include "kernels/device/stream_queue.cuh"
#include "kernels/morphology/morphology_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int threads = 256;  // px of a row that a block works on
constexpr int max_radius = 255;

// The element's half width in each of its rows, nearest row first.
struct Reach {
  std::uint8_t at[max_radius + 1];
};

// How far the nearest set pixel of the row lies away, radius + 1 where there is none within the radius. `flip`: set
// means 0, as in erosion, which is the dilation of the complement, complemented.
__global__ void distance_kernel(Mask in, std::uint8_t flip, int radius, View<std::uint16_t> distance) {
  PLOTWATCH_SHARED(std::uint8_t, row, threads + 2 * max_radius);
  const int thread = static_cast<int>(threadIdx.x), left = static_cast<int>(blockIdx.x) * threads - radius;
  for (int y = static_cast<int>(blockIdx.y); y < in.height; y += static_cast<int>(gridDim.y)) {
    for (int i = thread; i < threads + 2 * radius; i += threads) {
      const int x = left + i;
      row[i] = x >= 0 && x < in.width ? static_cast<std::uint8_t>((in(x, y) != 0) ^ flip) : std::uint8_t{0};
    }
    __syncthreads();
    const int x = left + radius + thread, centre = radius + thread;
    if (x < in.width) {
      int k = 0;
      while (k <= radius && row[centre - k] == 0 && row[centre + k] == 0) ++k;
      distance(x, y) = static_cast<std::uint16_t>(k);
    }
    __syncthreads();
  }
}

__global__ void reach_kernel(View<const std::uint16_t> distance, Reach reach, std::uint8_t flip, int radius,
                             MutableMask out) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  bool found = false;
  for (int dy = 0; dy <= radius && !found; ++dy) {
    found = (y - dy >= 0 && distance(x, y - dy) <= reach.at[dy]) ||
            (y + dy < out.height && distance(x, y + dy) <= reach.at[dy]);
  }
  out(x, y) = static_cast<std::uint8_t>(found ^ flip);
}

std::size_t pixels_of(Mask mask) {
  return static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height);
}

}  // namespace

void StreamQueue::spread(const char* kernel, Mask in, int radius, Element element, MutableMask out, std::uint8_t flip,
                         std::uint16_t* memory) {
  const View<std::uint16_t> distance{memory, in.width, in.height, in.width};
  Reach reach{};
  for (int dy = 0; dy <= radius; ++dy) reach.at[dy] = static_cast<std::uint8_t>(half_width(element, radius, dy));
  const auto rows = static_cast<unsigned>(std::clamp(in.height, 0, 65535));
  launch(kernel, distance_kernel, Shape{dim3(ceil_divide(in.width, threads), rows), dim3(threads)}, in, flip, radius,
         distance);
  launch(kernel, reach_kernel, over_pixels(out.width, out.height), distance, reach, flip, radius, out);
}

void StreamQueue::dilate(Mask in, int radius, Element element, MutableMask out) {
  if (in.empty()) return;
  spread("dilate", in, radius, element, out, 0, static_cast<std::uint16_t*>(scratch(pixels_of(in) * 2)));
}

void StreamQueue::erode(Mask in, int radius, Element element, MutableMask out) {
  if (in.empty()) return;
  spread("erode", in, radius, element, out, 1, static_cast<std::uint16_t*>(scratch(pixels_of(in) * 2)));
}

void StreamQueue::close(Mask in, int radius, Element element, MutableMask out) {
  if (in.empty()) return;
  auto* distance = static_cast<std::uint16_t*>(scratch(pixels_of(in) * 3));
  const MutableMask between{reinterpret_cast<std::uint8_t*>(distance + pixels_of(in)), in.width, in.height, in.width};
  spread("close", in, radius, element, between, 0, distance);
  spread("close", between, radius, element, out, 1, distance);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
