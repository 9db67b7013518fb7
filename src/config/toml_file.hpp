// Reading TOML: private to this folder, as it shows toml++.
#pragma once

#include <string>

#include <toml++/toml.h>

namespace plotwatch::config {

// Throws Error(config) when the file cannot be read or is no TOML, with the line.
toml::table parse_toml_file(const std::string& file);

inline unsigned line_of(const toml::source_region& source) { return static_cast<unsigned>(source.begin.line); }

// "configs/taizhou.toml:12"
std::string place(const std::string& file, unsigned line);

}  // namespace plotwatch::config
