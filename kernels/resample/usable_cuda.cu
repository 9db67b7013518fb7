#include "kernels/device/stream_queue.cuh"
#include "kernels/resample/resample_formula.hpp"
#include "kernels/resample/usable_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

template <class T>
__global__ void nodata_kernel(View<const T> band, T nodata, bool has_nodata, MutableMask inout) {
  const auto [x, y] = this_pixel();
  if (x >= inout.width || y >= inout.height) return;
  const T sample = band(x, y);
  std::uint8_t usable = inout(x, y);
  if (has_nodata) usable = without_nodata(usable, sample, nodata);
  if constexpr (std::is_same_v<T, float>) usable = where_finite(usable, sample);
  inout(x, y) = usable;
}

__global__ void mask_kernel(Mask source, CoordinateLattice lattice, MutableMask inout) {
  const auto [x, y] = this_pixel();
  if (x >= inout.width || y >= inout.height) return;
  const int sx = nearest_pixel(lattice_position(lattice, lattice.x, x, y));
  const int sy = nearest_pixel(lattice_position(lattice, lattice.y, x, y));
  const bool inside = sx >= 0 && sy >= 0 && sx < source.width && sy < source.height;
  inout(x, y) = static_cast<std::uint8_t>(inside && inout(x, y) != 0 && source(sx, sy) != 0);
}

}  // namespace

#define PLOTWATCH_NODATA(T)                                                                                            \
  void StreamQueue::usable_from_nodata(View<const T> band, std::optional<T> nodata, MutableMask inout) {               \
    launch("usable_from_nodata", nodata_kernel<T>, over_pixels(inout.width, inout.height), band, nodata.value_or(T{}), \
           nodata.has_value(), inout);                                                                                 \
  }
PLOTWATCH_NODATA(std::uint8_t)
PLOTWATCH_NODATA(std::uint16_t)
PLOTWATCH_NODATA(std::int16_t)
PLOTWATCH_NODATA(float)
#undef PLOTWATCH_NODATA

void StreamQueue::resample_mask(Mask source, const CoordinateLattice& lattice, MutableMask inout) {
  launch("resample_mask", mask_kernel, over_pixels(inout.width, inout.height), source, lattice, inout);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
