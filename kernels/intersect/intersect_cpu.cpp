#include "kernels/intersect/intersect.hpp"

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/intersect/intersect_formula.hpp"

namespace plotwatch::kernels {
namespace {

PLOTWATCH_MULTIVERSION void intersect_row(const std::uint8_t* in, int n, std::uint8_t* inout) {
  for (int i = 0; i < n; ++i) inout[i] = both_set(in[i], inout[i]);
}

}  // namespace

void intersect(Backend backend, Mask in, MutableMask inout) {
  constexpr auto kernel = "intersect";
  require_view(in, kernel);
  require_view(inout, kernel);
  require_same_size(in, inout, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const Mask there = trip.in(in);
    trip.queue().intersect(there, trip.inout(inout));
    return trip.finish();
  }
  for (int y = 0; y < inout.height; ++y) intersect_row(in.row(y), inout.width, inout.row(y));
}

}  // namespace plotwatch::kernels
