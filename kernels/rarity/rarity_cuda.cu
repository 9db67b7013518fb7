#include <algorithm>

#include "kernels/device/stream_queue.cuh"
#include "kernels/rarity/rarity_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int max_bands = 16;

// Travels with the launch into constant memory.
struct Axes {
  float before[rarity_axes * (max_bands + 1)], after[rarity_axes * (max_bands + 1)];
};

__device__ std::int32_t cell_at(Planes<const float> date, const float* axes, int x, int y) {
  float position[rarity_axes];
  for (int k = 0; k < rarity_axes; ++k) position[k] = axes[k * (date.bands + 1) + date.bands];
  for (int b = 0; b < date.bands; ++b) {
    const float sample = date.band(b)(x, y);
    for (int k = 0; k < rarity_axes; ++k) position[k] = position[k] + axes[k * (date.bands + 1) + b] * sample;
  }
  return rarity_level(position[0]) +
         rarity_levels * (rarity_level(position[1]) + rarity_levels * rarity_level(position[2]));
}

// Neighbours look alike, so that most lookups of a warp meet in the cache.
__global__ void rarity_kernel(Planes<const float> before, Planes<const float> after, Mask usable, Axes axes,
                              const std::uint8_t* classes, const std::uint8_t* table, MutableMask out) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const std::uint8_t was = classes[cell_at(before, axes.before, x, y)], is = classes[cell_at(after, axes.after, x, y)];
  out(x, y) = rarity_of(was, is, usable(x, y) != 0, table);
}

}  // namespace

void StreamQueue::rarity(Planes<const float> before, Planes<const float> after, Mask usable,
                         std::span<const float> before_axes, std::span<const float> after_axes,
                         const std::uint8_t* classes, const std::uint8_t* table, MutableMask out) {
  Axes axes{};
  std::copy(before_axes.begin(), before_axes.end(), axes.before);
  std::copy(after_axes.begin(), after_axes.end(), axes.after);
  launch("rarity", rarity_kernel, over_pixels(out.width, out.height), before, after, usable, axes, classes, table, out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
