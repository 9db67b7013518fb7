#pragma once

#include <string>

namespace plotwatch::app {

// A file or folder of configs/ that comes with plotwatch: installed beside it, or in its source tree. Throws
// Error(config) at `field` when neither is there.
std::string default_config(const std::string& name, const std::string& field);

inline std::string default_rules() { return default_config("rules/soil-plots.toml", "run.rules"); }

}  // namespace plotwatch::app
