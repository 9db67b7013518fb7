#include "kernels/affine/affine.hpp"

#include "kernels/affine/affine_formula.hpp"
#include "kernels/base/check.hpp"

namespace plotwatch::kernels {
namespace {

PLOTWATCH_MULTIVERSION void affine_row(const float* in, int width, float gain, float bias, float* out) {
  for (int x = 0; x < width; ++x) out[x] = affine_value(in[x], gain, bias);
}

}  // namespace

void affine(Backend, View<const float> in, float gain, float bias, View<float> out) {
  if (in.empty()) return;
  for (int y = 0; y < in.height; ++y) affine_row(in.row(y), in.width, gain, bias, out.row(y));
}

}  // namespace plotwatch::kernels
