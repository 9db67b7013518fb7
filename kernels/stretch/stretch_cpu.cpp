#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/stretch/stretch.hpp"
#include "kernels/stretch/stretch_formula.hpp"

namespace plotwatch::kernels {
namespace {

PLOTWATCH_MULTIVERSION void to_byte_row(const float* __restrict in, const std::uint8_t* __restrict usable, int width,
                                        float low, float gain, std::uint8_t* __restrict out) {
  for (int x = 0; x < width; ++x) out[x] = stretched_byte(in[x], low, gain, usable[x] != 0);
}

}  // namespace

void to_byte(Backend backend, View<const float> in, Mask usable, Stretch stretch, MutableMask out) {
  constexpr auto kernel = "to_byte";
  require_view(in, kernel);
  require_view(usable, kernel);
  require_view(out, kernel);
  require_same_size(in, out, kernel);
  require_same_size(usable, out, kernel);
  const float gain = stretch_gain(stretch);
  require(stretch.high > stretch.low && gain < 1e30f && gain > 0.0f, kernel, "high must be above low, both finite");
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().to_byte(trip.in(in), trip.in(usable), stretch, trip.out(out));
    return trip.finish();
  }
  for (int y = 0; y < out.height; ++y) to_byte_row(in.row(y), usable.row(y), out.width, stretch.low, gain, out.row(y));
}

}  // namespace plotwatch::kernels
