// Band roles on the command line.
#pragma once

#include <map>
#include <string>

namespace plotwatch::app {

// "red=3,nir=file.tif:1" -> role to band. Throws Error(usage) that names `flag`.
std::map<std::string, std::string> parse_roles(const std::string& text, const std::string& flag);

}  // namespace plotwatch::app
