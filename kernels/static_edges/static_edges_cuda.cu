#include <algorithm>

#include "kernels/device/stream_queue.cuh"
#include "kernels/static_edges/static_edges_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int max_bands = 16;

// Travels with the launch into constant memory.
struct Weights {
  float before[max_bands], after[max_bands];
};

// Four neighbours a sample, most of them in the rows that the block reads anyway: the cache serves them.
__global__ void edges_kernel(Planes<const float> before, Planes<const float> after, Mask usable, Weights weights,
                             View<float> out) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const bool has_across = x > 0 && x + 1 < out.width, has_along = y > 0 && y + 1 < out.height;
  const int left = has_across ? x - 1 : x, right = has_across ? x + 1 : x;
  const int above = has_along ? y - 1 : y, below = has_along ? y + 1 : y;
  const bool across = has_across && usable(left, y) != 0 && usable(right, y) != 0;
  const bool along = has_along && usable(x, above) != 0 && usable(x, below) != 0;
  float earlier = 0.0f, later = 0.0f;
  for (int b = 0; b < before.bands; ++b) {
    const View<const float> was = before.band(b), is = after.band(b);
    earlier = earlier +
              edge_energy(was(left, y), was(right, y), was(x, above), was(x, below), across, along, weights.before[b]);
    later = later + edge_energy(is(left, y), is(right, y), is(x, above), is(x, below), across, along, weights.after[b]);
  }
  out(x, y) = static_energy(earlier, later, usable(x, y) != 0);
}

}  // namespace

void StreamQueue::static_edges(Planes<const float> before, Planes<const float> after, Mask usable,
                               std::span<const float> before_weight, std::span<const float> after_weight,
                               View<float> out) {
  Weights weights{};
  std::copy(before_weight.begin(), before_weight.end(), weights.before);
  std::copy(after_weight.begin(), after_weight.end(), weights.after);
  launch("static_edges", edges_kernel, over_pixels(out.width, out.height), before, after, usable, weights, out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
