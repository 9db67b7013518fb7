// Which preset of a sensor a scan runs with.
#pragma once

#include <optional>
#include <string>

#include "config/presets.hpp"
#include "model/options.hpp"

namespace plotwatch::app {

struct ChosenPreset {
  config::Preset preset;
  std::string why;  // "pixels of 10 m"; empty where it was named
};

// `options.run.preset`: "none"; a name; or "auto": by the size of the working grid's pixels, none where no preset suits
// it, or where the scenes cannot be described yet. Throws Error(config) when no preset has the name.
std::optional<ChosenPreset> choose_preset(const ScanOptions& options);

}  // namespace plotwatch::app
