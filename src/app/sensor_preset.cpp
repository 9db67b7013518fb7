#include "app/sensor_preset.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/default_configs.hpp"
#include "core/error.hpp"
#include "pipeline/inputs.hpp"

namespace plotwatch::app {

std::optional<ChosenPreset> choose_preset(const ScanOptions& options) {
  const std::string& asked = options.run.preset;
  if (asked == "none") return std::nullopt;
  const std::vector<config::Preset> presets = config::read_presets(default_config("sensors", "run.preset"));
  if (asked != "auto") {
    std::vector<std::string> names;
    for (const config::Preset& p : presets) {
      if (p.name == asked) return ChosenPreset{p, ""};
      names.push_back(p.name);
    }
    throw Error(ExitCode::config, "\"" + asked + "\" is no preset of a sensor", "run.preset",
                fmt::format("Choose auto, none, {}.", fmt::join(names, ", ")));
  }
  double metres = 0;
  try {
    metres = pipeline::working_pixel_metres(options);
  } catch (const Error&) {
    return std::nullopt;  // whoever needs the scenes will say what is wrong with them
  }
  for (const config::Preset& p : presets)
    if (p.suits(metres)) return ChosenPreset{p, fmt::format("pixels of {:.4g} m", metres)};
  return std::nullopt;
}

}  // namespace plotwatch::app
