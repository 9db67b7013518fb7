// Compares tonight's scenes with their references and records what each scan says.
#pragma once

#include "pipeline/nightly/context.hpp"
#include "pipeline/nightly/scenes.hpp"

namespace plotwatch::pipeline::nightly {

// Scene by scene, oldest first: chooses (or takes up the plan of a night that ended half way), scans, records, and
// marks the scene used. A pair that cannot be scanned, or whose scenes do not lie on each other, sets the after scene
// aside with the reason; the others go on. Without `night.writes` only chooses.
void compare(Night& night, Scenes scenes);

}  // namespace plotwatch::pipeline::nightly
