#include <algorithm>
#include <type_traits>
#include <vector>

#include "kernels/base/check.hpp"
#include "kernels/base/multiversion.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/resample/device_lattice.hpp"
#include "kernels/resample/lattice.hpp"
#include "kernels/resample/resample.hpp"
#include "kernels/resample/resample_formula.hpp"
#include "kernels/resample/usable_formula.hpp"

namespace plotwatch::kernels {
namespace {

template <class T>
PLOTWATCH_MULTIVERSION void without_value(const T* __restrict band, T nodata, int width,
                                          std::uint8_t* __restrict inout) {
  for (int x = 0; x < width; ++x) inout[x] = without_nodata(inout[x], band[x], nodata);
}

PLOTWATCH_MULTIVERSION void finite_only(const float* __restrict band, int width, std::uint8_t* __restrict inout) {
  for (int x = 0; x < width; ++x) inout[x] = where_finite(inout[x], band[x]);
}

}  // namespace

template <class T>
void usable_from_nodata(Backend backend, View<const T> band, std::optional<T> nodata, MutableMask inout) {
  constexpr auto kernel = "usable_from_nodata";
  require_view(band, kernel);
  require_view(inout, kernel);
  require_same_size(band, inout, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().usable_from_nodata(trip.in(band), nodata, trip.inout(inout));
    return trip.finish();
  }
  for (int y = 0; y < inout.height; ++y) {
    if (nodata) without_value(band.row(y), *nodata, inout.width, inout.row(y));
    if constexpr (std::is_same_v<T, float>) finite_only(band.row(y), inout.width, inout.row(y));
  }
}

template void usable_from_nodata(Backend, View<const std::uint8_t>, std::optional<std::uint8_t>, MutableMask);
template void usable_from_nodata(Backend, View<const std::uint16_t>, std::optional<std::uint16_t>, MutableMask);
template void usable_from_nodata(Backend, View<const std::int16_t>, std::optional<std::int16_t>, MutableMask);
template void usable_from_nodata(Backend, View<const float>, std::optional<float>, MutableMask);

void resample_mask(Backend backend, Mask source, const CoordinateLattice& lattice, MutableMask inout) {
  constexpr auto kernel = "resample_mask";
  require_view(source, kernel);
  require_view(inout, kernel);
  require_lattice(lattice, inout.width, inout.height, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().resample_mask(trip.in(source), lattice_on_device(trip, lattice), trip.inout(inout));
    return trip.finish();
  }
  std::vector<std::int32_t> px(static_cast<std::size_t>(std::max(inout.width, 0))), py(px.size());
  for (int y = 0; y < inout.height; ++y) {
    lattice_row(lattice, y, inout.width, px.data(), py.data());
    std::uint8_t* row = inout.row(y);
    for (int x = 0; x < inout.width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      const int sx = nearest_pixel(px[i]), sy = nearest_pixel(py[i]);
      const bool inside = sx >= 0 && sy >= 0 && sx < source.width && sy < source.height;
      row[x] = static_cast<std::uint8_t>(inside && row[x] != 0 && source(sx, sy) != 0);
    }
  }
}

}  // namespace plotwatch::kernels
