#include <limits>

#include "kernels/device/stream_queue.cuh"
#include "kernels/spectral_angle/spectral_angle_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int max_bands = 16;

// A patch is a few rows that the block's other threads read too: the cache serves them.
template <int Bands>
__global__ void angle_kernel(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                             View<float> out) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const int bands = Bands > 0 ? Bands : before.bands;
  const int top = y > radius ? y - radius : 0, bottom = y + radius < out.height ? y + radius : out.height - 1;
  float was[Bands > 0 ? Bands : max_bands], is[Bands > 0 ? Bands : max_bands];
  for (int b = 0; b < bands; ++b) {
    was[b] = 0.0f;
    is[b] = 0.0f;
    for (int qx = x - radius; qx <= x + radius; ++qx) {
      if (qx < 0 || qx >= out.width) continue;
      float earlier = 0.0f, later = 0.0f;
      for (int qy = top; qy <= bottom; ++qy) {
        const bool there = usable(qx, qy) != 0;
        earlier = earlier + (there ? before.band(b)(qx, qy) : 0.0f);
        later = later + (there ? after.band(b)(qx, qy) : 0.0f);
      }
      was[b] = was[b] + earlier;
      is[b] = is[b] + later;
    }
  }
  const float angle = angle_between(
      bands, [&](int b) { return was[b]; }, [&](int b) { return is[b]; });
  out(x, y) = usable(x, y) != 0 ? angle : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

void StreamQueue::spectral_angle(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                                 View<float> out) {
  const auto run = [&](auto kernel) {
    launch("spectral_angle", kernel, over_pixels(out.width, out.height), before, after, usable, radius, out);
  };
  switch (before.bands) {
    case 3: return run(angle_kernel<3>);
    case 4: return run(angle_kernel<4>);
    case 6: return run(angle_kernel<6>);
    default: return run(angle_kernel<0>);
  }
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
