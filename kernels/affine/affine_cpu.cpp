#include "kernels/affine/affine.hpp"

#include "kernels/affine/affine_formula.hpp"
#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"

namespace plotwatch::kernels {
namespace {

PLOTWATCH_MULTIVERSION void affine_row(const float* in, int width, float gain, float bias, float* out) {
  for (int x = 0; x < width; ++x) out[x] = affine_value(in[x], gain, bias);
}

}  // namespace

void affine(Backend backend, View<const float> in, float gain, float bias, View<float> out) {
  constexpr auto kernel = "affine";
  require_view(in, kernel);
  require_view(out, kernel);
  require_same_size(in, out, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto there = trip.in(in);
    trip.queue().affine(there, gain, bias, trip.out(out));
    return trip.finish();
  }
  for (int y = 0; y < in.height; ++y) affine_row(in.row(y), in.width, gain, bias, out.row(y));
}

}  // namespace plotwatch::kernels
