// How well scores and decisions agree with labelled pixels.
#pragma once

#include <array>
#include <cstdint>

#include "model/evaluation.hpp"

namespace plotwatch::evaluate {

// A score as score.tif stores it: 0 … 250 for [0, 1].
inline constexpr int score_levels = 251;
inline constexpr std::uint8_t score_nodata = 255;

struct PixelCounts {
  std::array<std::int64_t, score_levels> changed{}, unchanged{};  // labelled pixels by score
  std::int64_t true_positive = 0, false_positive = 0, true_negative = 0, false_negative = 0;
  std::int64_t not_observable = 0;

  void add(bool is_changed, bool decided_changed, int score);
};

// Average precision: the sum over distinct scores, from the highest, of (recall gained) x (precision there), without
// interpolation; equal scores are one threshold. AUC: the Mann-Whitney statistic, a tie counting half. Kappa: Cohen
// (1960). A figure whose denominator is zero is NaN.
PixelFigures figures(const PixelCounts& counts);

double average_precision(const PixelCounts& counts);
double area_under_curve(const PixelCounts& counts);

// a / b, NaN where b is 0.
double ratio(double a, double b);
// Harmonic mean of precision and recall from counts; NaN without any positive.
double f1_of(std::int64_t true_positive, std::int64_t false_positive, std::int64_t false_negative);

}  // namespace plotwatch::evaluate
