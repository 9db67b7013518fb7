#include <algorithm>
#include <limits>
#include <vector>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/significance/significance.hpp"
#include "kernels/significance/significance_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int chunk = 512;  // px

struct Scores {
  const float* score[max_scores];
  float location[max_scores], inverse_scale[max_scores];
  int count;
};

PLOTWATCH_MULTIVERSION void fuse_chunk(const Scores& scores, const std::uint8_t* __restrict usable, int n, float* z) {
  float lowest[chunk];
  for (int i = 0; i < n; ++i) lowest[i] = std::numeric_limits<float>::infinity();
  for (int k = 0; k < scores.count; ++k) {
    const float* __restrict s = scores.score[k];
    const float location = scores.location[k], inverse_scale = scores.inverse_scale[k];
    for (int i = 0; i < n; ++i) lowest[i] = lower_or_nan(lowest[i], standardised(s[i], location, inverse_scale));
  }
  for (int i = 0; i < n; ++i) z[i] = usable[i] != 0 ? lowest[i] : std::numeric_limits<float>::quiet_NaN();
}

struct Knots {
  float location[NullCurve::max_knots], inverse_scale[NullCurve::max_knots];
};

PLOTWATCH_MULTIVERSION void standardise_row(float* z, const float* __restrict along, int width, float first,
                                            float inverse_step, const Knots& knots, int count) {
  for (int x = 0; x < width; ++x)
    z[x] = standardised_along(z[x], along[x], first, inverse_step, knots.location, knots.inverse_scale, count);
}

PLOTWATCH_MULTIVERSION void score_row(const float* __restrict z, NullModel model, const std::uint8_t* __restrict usable,
                                      int width, std::uint8_t* __restrict score) {
  const float location = model.location, inverse_scale = 1.0f / model.scale;
  for (int x = 0; x < width; ++x) {
    const std::uint8_t byte = byte_of_z(standardised(z[x], location, inverse_scale));
    score[x] = usable[x] != 0 ? byte : score_nodata;
  }
}

void require_model(const NullModel& model, const char* kernel) {
  constexpr float most = std::numeric_limits<float>::max();
  require(model.scale > 0.0f && 1.0f / model.scale <= most && model.scale <= most && model.location >= -most &&
              model.location <= most,
          kernel, "a null model needs a finite location and a scale above 0");
}

}  // namespace

void fuse_minimum(Backend backend, std::span<const View<const float>> scores, std::span<const NullModel> models,
                  Mask usable, View<float> z) {
  constexpr auto kernel = "fuse_minimum";
  require(!scores.empty() && scores.size() <= max_scores, kernel, "1 to 8 scores");
  require(scores.size() == models.size(), kernel, "one null model a score");
  require_view(usable, kernel);
  require_view(z, kernel);
  require_same_size(usable, z, kernel);
  for (const auto& score : scores) {
    require_view(score, kernel);
    require_same_size(score, z, kernel);
  }
  for (const NullModel& model : models) require_model(model, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    std::vector<View<const float>> there;
    for (const auto& score : scores) there.push_back(trip.in(score));
    trip.queue().fuse_minimum(there, models, trip.in(usable), trip.out(z));
    return trip.finish();
  }
  Scores rows;
  rows.count = static_cast<int>(scores.size());
  for (std::size_t k = 0; k < models.size(); ++k) {
    rows.location[k] = models[k].location;
    rows.inverse_scale[k] = 1.0f / models[k].scale;
  }
  for (int y = 0; y < z.height; ++y) {
    for (int x = 0; x < z.width; x += chunk) {
      for (std::size_t k = 0; k < scores.size(); ++k) rows.score[k] = &scores[k](x, y);
      fuse_chunk(rows, &usable(x, y), std::min(chunk, z.width - x), &z(x, y));
    }
  }
}

void standardise_along(Backend backend, View<float> z, View<const float> along, const NullCurve& curve) {
  constexpr auto kernel = "standardise_along";
  require_view(View<const float>(z), kernel);
  require_view(along, kernel);
  require_same_size(z, along, kernel);
  require(!curve.knots.empty() && curve.knots.size() <= NullCurve::max_knots, kernel, "1 to 64 knots");
  require(curve.step > 0 && curve.step <= std::numeric_limits<float>::max(), kernel, "step must be above 0");
  for (const NullModel& model : curve.knots) require_model(model, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto z_there = trip.inout(z);
    trip.queue().standardise_along(z_there, trip.in(along), curve);
    return trip.finish();
  }
  Knots knots;
  for (std::size_t k = 0; k < curve.knots.size(); ++k) {
    knots.location[k] = curve.knots[k].location;
    knots.inverse_scale[k] = 1.0f / curve.knots[k].scale;
  }
  for (int y = 0; y < z.height; ++y)
    standardise_row(z.row(y), along.row(y), z.width, curve.first, 1.0f / curve.step, knots,
                    static_cast<int>(curve.knots.size()));
}

void to_score(Backend backend, View<const float> z, NullModel model, Mask usable, MutableMask score) {
  constexpr auto kernel = "to_score";
  require_view(z, kernel);
  require_view(usable, kernel);
  require_view(score, kernel);
  require_same_size(z, score, kernel);
  require_same_size(usable, score, kernel);
  require_model(model, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().to_score(trip.in(z), model, trip.in(usable), trip.out(score));
    return trip.finish();
  }
  for (int y = 0; y < z.height; ++y) score_row(z.row(y), model, usable.row(y), z.width, score.row(y));
}

}  // namespace plotwatch::kernels
