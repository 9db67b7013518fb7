#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/device/stream_queue.cuh"
#include "kernels/variates/variates_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int max_bands = 16;

// Travels with the launch into constant memory, where all threads of a warp read one entry at once.
struct Model {
  float matrix[max_bands * 2 * max_bands];
  float constant[max_bands];
  int variates, bands;
  bool square_root;
};

template <class Samples>
__device__ float norm(const Model& model, int bands, Samples x) {
  float total = 0.0f;
  for (int k = 0; k < model.variates; ++k) {
    const float value = variate(model.matrix + k * bands, model.constant[k], bands, x);
    total = total + value * value;
  }
  return model.square_root ? std::sqrt(total) : total;
}

// Bands > 0: of both dates, known here, so that a pixel's samples stay in registers.
template <int Bands>
__global__ void norm_kernel(Planes<const float> before, Planes<const float> after, Mask usable, Model model,
                            View<float> out) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  const auto read = [&, x = x, y = y](int b) {
    return b < before.bands ? before.band(b)(x, y) : after.band(b - before.bands)(x, y);
  };
  float total;
  if constexpr (Bands > 0) {
    float sample[Bands];
    for (int b = 0; b < Bands; ++b) sample[b] = read(b);
    total = norm(model, Bands, [&](int b) { return sample[b]; });
  } else {
    total = norm(model, model.bands, read);
  }
  out(x, y) = usable(x, y) != 0 ? total : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

void StreamQueue::variates_norm(Planes<const float> before, Planes<const float> after, Mask usable,
                                const VariatesParams& params, View<float> out) {
  Model model{};
  model.variates = params.variates;
  model.bands = before.bands + after.bands;
  model.square_root = params.square_root;
  std::copy(params.matrix.begin(), params.matrix.end(), model.matrix);
  std::copy(params.constant.begin(), params.constant.end(), model.constant);
  const auto run = [&](auto kernel) {
    launch("variates_norm", kernel, over_pixels(out.width, out.height), before, after, usable, model, out);
  };
  switch (model.bands) {
    case 6: return run(norm_kernel<6>);
    case 8: return run(norm_kernel<8>);
    case 12: return run(norm_kernel<12>);
    default: return run(norm_kernel<0>);
  }
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
