#include "vectorise/stage.hpp"

namespace plotwatch::vectorise {
namespace {

constexpr double net_greenness = 0.08, net_greening = 0.06;
constexpr double net_most_ndvi = 0.55,
                 net_least_ndbi = -0.1;       // leaves hold water, which darkens the short-wave infrared
constexpr double net_most_ndvi_alone = 0.35;  // without a short-wave infrared band
constexpr double all_but_edges = 0.95, calm_contrast = 0.3, unsettled = 1.5;
constexpr double road_elongation = 5, winding_compactness = 0.15, road_most_width_m = 60;
constexpr double most_of_it = 0.5;

bool is_cover_net(const GroundSeen& before, const GroundSeen& after) {
  const auto was = before.of(GroundIndex::greenness), is = after.of(GroundIndex::greenness),
             ndvi = after.of(GroundIndex::ndvi), ndbi = after.of(GroundIndex::ndbi);
  if (!was || !is || !ndvi || *is < net_greenness || *is - *was < net_greening) return false;
  return ndbi ? *ndvi < net_most_ndvi && *ndbi >= net_least_ndbi : *ndvi < net_most_ndvi_alone;
}

// Vegetation all over on both dates, and no patch of it that became unlike the rest: a crop changes as a whole, while
// construction on a part of a field leaves the rest of it green.
bool is_crop_only(const GroundSeen& before, const GroundSeen& after) {
  if (before.share(Cover::vegetation) < all_but_edges || after.share(Cover::vegetation) < all_but_edges) return false;
  const double was = before.of(GroundIndex::contrast).value_or(0), is = after.of(GroundIndex::contrast).value_or(0);
  return is <= calm_contrast || is <= unsettled * was;
}

Stage of_known(Transition t, bool linear) {
  if (t.after == Cover::vegetation) return Stage::regrowth;
  if (t.after == Cover::water) return Stage::flooding;
  if (t.before == Cover::water) return Stage::filling;
  if (t.after == Cover::bare && t.before == Cover::built) return Stage::demolition;
  if (linear) return Stage::road;
  return t.after == Cover::built ? Stage::building : Stage::clearing;
}

}  // namespace

bool is_linear(const OutlineShape& shape) {
  const bool long_or_winding = shape.elongation >= road_elongation || shape.compactness <= winding_compactness;
  return long_or_winding && shape.width_m > 0 && shape.width_m <= road_most_width_m;
}

Stage stage_of(Transition t, const GroundSeen& before, const GroundSeen& after, const OutlineShape& shape) {
  if (is_cover_net(before, after)) return Stage::cover_net;
  const bool known = t.before != t.after && t.before != Cover::unknown && t.after != Cover::unknown;
  if (known) return of_known(t, is_linear(shape));
  if (is_crop_only(before, after)) return Stage::crop;
  if (before.share(Cover::bare) >= most_of_it && after.share(Cover::bare) >= most_of_it) return Stage::earthwork;
  return Stage::unclear;
}

}  // namespace plotwatch::vectorise
