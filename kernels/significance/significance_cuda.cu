#include "kernels/device/stream_queue.cuh"
#include "kernels/significance/significance_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

struct Scores {
  View<const float> score[max_scores];
  float location[max_scores], inverse_scale[max_scores];
  int count;
};

__global__ void fuse_kernel(Scores scores, Mask usable, View<float> z) {
  const auto [x, y] = this_pixel();
  if (x >= z.width || y >= z.height) return;
  float lowest = std::numeric_limits<float>::infinity();
  for (int k = 0; k < scores.count; ++k)
    lowest = lower_or_nan(lowest, standardised(scores.score[k](x, y), scores.location[k], scores.inverse_scale[k]));
  z(x, y) = usable(x, y) != 0 ? lowest : std::numeric_limits<float>::quiet_NaN();
}

struct Knots {
  float location[NullCurve::max_knots], inverse_scale[NullCurve::max_knots];
};

__global__ void along_kernel(View<float> z, View<const float> along, float first, float inverse_step, Knots knots,
                             int count) {
  const auto [x, y] = this_pixel();
  if (x >= z.width || y >= z.height) return;
  z(x, y) = standardised_along(z(x, y), along(x, y), first, inverse_step, knots.location, knots.inverse_scale, count);
}

__global__ void score_kernel(View<const float> z, float location, float inverse_scale, Mask usable, MutableMask score) {
  const auto [x, y] = this_pixel();
  if (x >= z.width || y >= z.height) return;
  const std::uint8_t byte = byte_of_z(standardised(z(x, y), location, inverse_scale));
  score(x, y) = usable(x, y) != 0 ? byte : score_nodata;
}

}  // namespace

void StreamQueue::fuse_minimum(std::span<const View<const float>> scores, std::span<const NullModel> models,
                               Mask usable, View<float> z) {
  Scores given{};
  given.count = static_cast<int>(scores.size());
  for (std::size_t k = 0; k < scores.size(); ++k) {
    given.score[k] = scores[k];
    given.location[k] = models[k].location;
    given.inverse_scale[k] = 1.0f / models[k].scale;
  }
  launch("fuse_minimum", fuse_kernel, over_pixels(z.width, z.height), given, usable, z);
}

void StreamQueue::standardise_along(View<float> z, View<const float> along, const NullCurve& curve) {
  Knots knots{};
  for (std::size_t k = 0; k < curve.knots.size(); ++k) {
    knots.location[k] = curve.knots[k].location;
    knots.inverse_scale[k] = 1.0f / curve.knots[k].scale;
  }
  launch("standardise_along", along_kernel, over_pixels(z.width, z.height), z, along, curve.first, 1.0f / curve.step,
         knots, static_cast<int>(curve.knots.size()));
}

void StreamQueue::to_score(View<const float> z, NullModel model, Mask usable, MutableMask score) {
  launch("to_score", score_kernel, over_pixels(z.width, z.height), z, model.location, 1.0f / model.scale, usable,
         score);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
