// Size and time of files, those in buckets and archives (/vsi…) included.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/utc_time.hpp"

namespace plotwatch::io {

struct FileFacts {
  std::string path;
  std::uint64_t bytes = 0;
  UtcTime changed;
};

std::optional<FileFacts> file_facts(const std::string& path);  // empty: no such file
// Of the file itself, or of every file below a folder, sorted by path; at most 20,000.
std::vector<FileFacts> all_file_facts(const std::string& path);

// Paths that a pattern with *, ? and [] in any of its parts matches, sorted; the path itself when it has none of them
// and exists.
std::vector<std::string> matching_paths(const std::string& pattern);

}  // namespace plotwatch::io
