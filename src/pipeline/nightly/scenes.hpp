// From what arrived to the scenes that can be compared tonight.
#pragma once

#include <string>
#include <vector>

#include "pipeline/nightly/context.hpp"
#include "pipeline/nightly/discover.hpp"

namespace plotwatch::pipeline::nightly {

struct ReadyScene {
  SceneRecord record;
  SceneLook look;
};

struct Scenes {
  std::vector<ReadyScene> fresh;  // passed the gate, not compared yet; by date, then id
  std::vector<ReadyScene> used;   // of earlier nights; by date, then id
};

// Discovers, describes, looks and judges; records every change of a scene's state. A scene that cannot be read, or has
// not settled, waits; after wait_nights it is set aside. One that was set aside is tried again when its files change.
// What each is told in night.summary.scenes, but for the used ones of `fresh`, which the comparison tells.
Scenes gather_scenes(Night& night);

// The look of a scene over tonight's plots, from the archive where it is there.
SceneLook look_of(Night& night, const std::string& id, const Arrival& arrival);

}  // namespace plotwatch::pipeline::nightly
