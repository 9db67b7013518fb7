// What seems to have happened on a candidate's ground, from what both dates show of it and from its shape.
#pragma once

#include "model/evidence.hpp"
#include "model/stage.hpp"
#include "model/transition.hpp"

namespace plotwatch::vectorise {

// In this order:
//   cover net   the ground became green without becoming vegetation: greenness rose by 0.06 to 0.08 or more while NDVI
//   is
//               below 0.3. Asked only where there is a near infrared band: without it a net is a lawn. Black nets look
//               like asphalt in these bands and are not told apart from it.
//   of a known transition, by what the ground became: built is a building, bare a clearing or, where it was built, a
//               demolition, either of them a road where the outline is long and narrow; water that became land is a
//               filling, land that became water a flooding, and vegetation regrowth.
//   of any other change, where half of the ground is the same cover on both dates: vegetation is a crop, bare ground
//               earthwork, else unclear.
Stage stage_of(Transition transition, const GroundSeen& before, const GroundSeen& after, const OutlineShape& shape);

// Five times as long as wide, or winding; and no wider than 60 m.
bool is_linear(const OutlineShape& shape);

}  // namespace plotwatch::vectorise
