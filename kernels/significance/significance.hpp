// From detector scores to one calibrated number: standard normal units (z), then the stored byte.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

inline constexpr int max_scores = 8;  // of fuse_minimum

// How a score is spread where nothing changed: z = (score - location) / scale is standard normal there.
struct NullModel {
  float location = 0;
  float scale = 1;  // > 0
};

// The byte that stands for "not usable" in a score raster; other values are 0 to 250.
inline constexpr std::uint8_t score_nodata = 255;

// Null models along a second number of every pixel, such as the strength of its edges: one model at `first` and at
// every `step` from there, straight lines in between, the ends' models beyond.
struct NullCurve {
  static constexpr int max_knots = 64;
  float first = 0, step = 1;     // step > 0
  std::vector<NullModel> knots;  // 1 to max_knots
};

// z = min_k (score_k - location_k) / scale_k: a pixel counts as changed only as far as every detector says so.
// 1 to 8 scores with one model each. NaN where not usable or where any score is NaN; z may be one of the scores.
void fuse_minimum(Backend backend, std::span<const View<const float>> scores, std::span<const NullModel> models,
                  Mask usable, View<float> z);

// z = (z - location(along)) / scale(along), in place. NaN where z or `along` is NaN.
void standardise_along(Backend backend, View<float> z, View<const float> along, const NullCurve& curve);

// score = round(250 d / (d + 2)), d = -log10 of the one-sided normal tail probability of (z - location) / scale.
// score_nodata where not usable or where z is NaN. Formulas and their inverses: significance_formula.hpp.
void to_score(Backend backend, View<const float> z, NullModel model, Mask usable, MutableMask score);

}  // namespace plotwatch::kernels
