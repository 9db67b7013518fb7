#include <limits>
#include <type_traits>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/quality/quality.hpp"
#include "kernels/quality/quality_formula.hpp"

namespace plotwatch::kernels {

template <class T>
void usable_from_quality(Backend backend, View<const T> quality, std::span<const std::uint8_t> table, MutableMask out) {
  static_assert(std::is_unsigned_v<T>);
  constexpr auto kernel = "usable_from_quality";
  require_view(quality, kernel);
  require_view(out, kernel);
  require_same_size(quality, out, kernel);
  require(table.size() == std::size_t{std::numeric_limits<T>::max()} + 1, kernel,
          "the table must have an entry for every value of the sample type");
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto there = trip.in(quality);
    trip.queue().usable_from_quality(there, trip.in(table), trip.out(out));
    return trip.finish();
  }
  const std::uint8_t* entries = table.data();
  for (int y = 0; y < out.height; ++y) {
    const T* from = quality.row(y);
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width; ++x) to[x] = usable_of_quality(entries, from[x]);
  }
}

template void usable_from_quality(Backend, View<const std::uint8_t>, std::span<const std::uint8_t>, MutableMask);
template void usable_from_quality(Backend, View<const std::uint16_t>, std::span<const std::uint8_t>, MutableMask);

}  // namespace plotwatch::kernels
