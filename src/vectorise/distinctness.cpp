#include "vectorise/distinctness.hpp"

#include <algorithm>
#include <cmath>

namespace plotwatch::vectorise {
namespace {

constexpr double least_shape_pixels = 9, full_shape_pixels = 100;
constexpr double compactness_weight = 1.5, middling_compactness = 0.5;
constexpr double most_elongation = 3;
constexpr double growth = 0.5, length = 1;  // taken off

double of_pixels(const ChangeEvidence& e) { return e.rarity + 0.5 * e.core_share + 2 * (e.mean_score - 0.6); }

// Share of an outline's compactness that its pixels let show.
double resolved(std::int64_t pixels) {
  const double steps = std::log(static_cast<double>(std::max<std::int64_t>(pixels, 1)) / least_shape_pixels);
  return std::clamp(steps / std::log(full_shape_pixels / least_shape_pixels), 0.0, 1.0);
}

}  // namespace

double distinctness(const ChangeEvidence& evidence, Stage stage, const OutlineShape& outline, double outline_weight) {
  double made = compactness_weight * resolved(evidence.pixels) * (outline.compactness - middling_compactness);
  if (outline.elongation > most_elongation && stage != Stage::road) made -= length;
  const bool grew = stage == Stage::crop || stage == Stage::regrowth;
  return of_pixels(evidence) + outline_weight * made - (grew ? growth : 0);
}

double greatest_distinctness(const ChangeEvidence& evidence, double outline_weight) {
  return of_pixels(evidence) +
         outline_weight * compactness_weight * resolved(evidence.pixels) * (1 - middling_compactness);
}

}  // namespace plotwatch::vectorise
