#include "kernels/logarithm/logarithm.hpp"

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/logarithm/logarithm_formula.hpp"

namespace plotwatch::kernels {
namespace {

PLOTWATCH_MULTIVERSION void logarithm_row(const float* in, int width, float floor, float* out) {
  for (int x = 0; x < width; ++x) out[x] = logarithm_value(in[x], floor);
}

}  // namespace

void logarithm(Backend backend, View<const float> in, float floor, View<float> out) {
  constexpr auto kernel = "logarithm";
  require_view(in, kernel);
  require_view(out, kernel);
  require_same_size(in, out, kernel);
  require(floor > 0, kernel, "floor must be above 0");
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto there = trip.in(in);
    trip.queue().logarithm(there, floor, trip.out(out));
    return trip.finish();
  }
  for (int y = 0; y < in.height; ++y) logarithm_row(in.row(y), in.width, floor, out.row(y));
}

}  // namespace plotwatch::kernels
