// What seems to have happened on a candidate's ground, from what both dates show of it and from its shape.
#pragma once

#include "model/evidence.hpp"
#include "model/stage.hpp"
#include "model/transition.hpp"

namespace plotwatch::vectorise {

// In this order:
//   cover net   the ground became green without becoming leaves: greenness is 0.08 or more and rose by 0.06, NDVI is
//               below 0.55 and NDBI at least -0.1; without a short-wave infrared band NDVI below 0.35, which nets pass
//               on surface reflectance only. Not asked without a near infrared band: there a net is a lawn. Black nets
//               look like asphalt in these bands and are not told apart from it.
//   of a known transition, by what the ground became: built is a building, bare a clearing or, where it was built, a
//               demolition, either of them a road where the outline is long and narrow; water that became land is a
//               filling, land that became water a flooding, and vegetation regrowth.
//   of any other change, a crop where 95 % of the ground is vegetation on both dates and its brightness did not
//               become unlike inside (contrast above 0.3 and above 1.5 times what it was); earthwork where half of the
//               ground is bare on both dates; else unclear.
Stage stage_of(Transition transition, const GroundSeen& before, const GroundSeen& after, const OutlineShape& shape);

// Five times as long as wide, or winding; and no wider than 60 m.
bool is_linear(const OutlineShape& shape);

}  // namespace plotwatch::vectorise
