#include "vectorise/stage.hpp"

namespace plotwatch::vectorise {
namespace {

constexpr double net_greenness = 0.08, net_greening = 0.06, net_most_ndvi = 0.3;
constexpr double road_elongation = 5, winding_compactness = 0.15, road_most_width_m = 60;
constexpr double most_of_it = 0.5;

bool is_cover_net(const GroundSeen& before, const GroundSeen& after) {
  const auto was = before.of(GroundIndex::greenness), is = after.of(GroundIndex::greenness),
             ndvi = after.of(GroundIndex::ndvi);
  return was && is && ndvi && *is >= net_greenness && *is - *was >= net_greening && *ndvi < net_most_ndvi;
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
  const auto stays = [&](Cover c) { return before.share(c) >= most_of_it && after.share(c) >= most_of_it; };
  if (stays(Cover::vegetation)) return Stage::crop;
  if (stays(Cover::bare)) return Stage::earthwork;
  return Stage::unclear;
}

}  // namespace plotwatch::vectorise
