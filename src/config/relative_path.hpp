// Paths that are written in a file are relative to it; /vsi… paths, URLs and driver prefixes are left as they are.
#pragma once

#include <string>

namespace plotwatch::config {

bool is_relative_path(const std::string& path);

// A relative path as seen from the folder of `file`, without "..", where it can be done by text alone.
std::string beside(const std::string& file, const std::string& path);

std::string full_path(const std::string& path);  // absolute, where it was relative

}  // namespace plotwatch::config
