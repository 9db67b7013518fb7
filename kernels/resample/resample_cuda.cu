#include <algorithm>
#include <limits>

#include "kernels/device/stream_queue.cuh"
#include "kernels/resample/resample_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr int bands_a_launch = 16;

struct Linear {
  float scale[bands_a_launch], offset[bands_a_launch];
};

__device__ bool usable_tap(Mask usable, int x, int y) {
  return x >= 0 && y >= 0 && x < usable.width && y < usable.height && usable(x, y) != 0;
}

Linear linear_of(std::span<const float> scale, std::span<const float> offset, int first, int count) {
  Linear linear{};
  std::copy_n(scale.begin() + first, count, linear.scale);
  std::copy_n(offset.begin() + first, count, linear.offset);
  return linear;
}

template <class T>
Planes<T> some_bands(Planes<T> planes, int first, int count) {
  planes.data += first * planes.plane_stride;
  planes.bands = count;
  return planes;
}

// Position, mask and weights are found once a pixel and serve all its bands.
template <class T>
__global__ void resample_kernel(Planes<const T> source, Mask usable, DeviceResample how, Linear linear,
                                Planes<float> out, MutableMask out_usable) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const std::int32_t px = lattice_position(how.lattice, how.lattice.x, x, y);
  const std::int32_t py = lattice_position(how.lattice, how.lattice.y, x, y);
  const int nearest_x = nearest_pixel(px), nearest_y = nearest_pixel(py);
  if (how.nearest) {
    const bool there = usable_tap(usable, nearest_x, nearest_y);
    out_usable(x, y) = there;
    for (int b = 0; b < out.bands; ++b)
      out.band(b)(x, y) =
          there ? linear.scale[b] * static_cast<float>(source.band(b)(nearest_x, nearest_y)) + linear.offset[b] : nan;
    return;
  }
  const int phase_x = phase(px), phase_y = phase(py);
  const ResampleWindow window{sample_before(px) - how.axis_x.before,
                              sample_before(py) - how.axis_y.before,
                              how.axis_x.weights + phase_x * how.axis_x.taps,
                              how.axis_y.weights + phase_y * how.axis_y.taps,
                              how.axis_x.taps,
                              how.axis_y.taps,
                              positive_weight(how.axis_x.positive[phase_x], how.axis_y.positive[phase_y])};
  const auto tap = [&](int tap_x, int tap_y) { return usable_tap(usable, tap_x, tap_y); };
  bool whole = true;
  for (int k = 0; k < window.taps_y && whole; ++k)
    for (int j = 0; j < window.taps_x && whole; ++j) whole = tap(window.x + j, window.y + k);
  const bool there = whole || (tap(nearest_x, nearest_y) && partial_window_usable(window, how.min_weight, tap));
  out_usable(x, y) = there;
  for (int b = 0; b < out.bands; ++b) {
    const View<const T> band = source.band(b);
    const auto sample = [&](int tap_x, int tap_y) { return band(tap_x, tap_y); };
    float value = nan;
    if (whole)
      value = linear.scale[b] * whole_window(window, sample) + linear.offset[b];
    else if (there)
      value = linear.scale[b] * partial_window(window, sample, tap) + linear.offset[b];
    out.band(b)(x, y) = value;
  }
}

}  // namespace

#define PLOTWATCH_RESAMPLE(T)                                                                                      \
  void StreamQueue::resample(Planes<const T> source, Mask usable, const DeviceResample& how,                       \
                             std::span<const float> scale, std::span<const float> offset, Planes<float> out,       \
                             MutableMask out_usable) {                                                             \
    for (int b = 0; b < out.bands; b += bands_a_launch) {                                                          \
      const int n = std::min(bands_a_launch, out.bands - b);                                                       \
      launch("resample", resample_kernel<T>, over_pixels(out.width, out.height), some_bands(source, b, n), usable, \
             how, linear_of(scale, offset, b, n), some_bands(out, b, n), out_usable);                              \
    }                                                                                                              \
  }
PLOTWATCH_RESAMPLE(std::uint8_t)
PLOTWATCH_RESAMPLE(std::uint16_t)
PLOTWATCH_RESAMPLE(std::int16_t)
PLOTWATCH_RESAMPLE(float)
#undef PLOTWATCH_RESAMPLE

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
