#include "io/file_facts.hpp"

#include <fnmatch.h>

#include <algorithm>

#include <cpl_vsi.h>

#include "io/files.hpp"
#include "io/gdal_dataset.hpp"
#include "io/raster.hpp"

namespace plotwatch::io {
namespace {

constexpr std::size_t most_files = 20'000;

void collect(const std::string& path, int depth, std::vector<FileFacts>& out) {
  if (const auto facts = file_facts(path)) {
    out.push_back(*facts);
    return;
  }
  if (depth == 0) return;
  for (const std::string& name : list_folder(path)) {
    if (out.size() >= most_files) return;
    collect(join_path(path, name), depth - 1, out);
  }
}

bool has_pattern(const std::string& text) { return text.find_first_of("*?[") != std::string::npos; }

}  // namespace

std::optional<FileFacts> file_facts(const std::string& path) {
  start_gdal();
  const GdalMessages quiet;
  VSIStatBufL status;
  if (VSIStatL(path.c_str(), &status) != 0 || VSI_ISDIR(status.st_mode)) return std::nullopt;
  return FileFacts{path, static_cast<std::uint64_t>(status.st_size), UtcTime{std::chrono::seconds{status.st_mtime}}};
}

std::vector<FileFacts> all_file_facts(const std::string& path) {
  std::vector<FileFacts> facts;
  collect(path, 8, facts);
  return facts;
}

std::vector<std::string> matching_paths(const std::string& pattern) {
  std::vector<std::string> found{pattern.rfind('/', 0) == 0 ? "/" : ""};
  std::size_t start = pattern.rfind('/', 0) == 0 ? 1 : 0;
  while (start < pattern.size()) {
    const std::size_t slash = std::min(pattern.find('/', start), pattern.size());
    const std::string part = pattern.substr(start, slash - start);
    std::vector<std::string> next;
    for (const std::string& folder : found) {
      if (!has_pattern(part)) {
        next.push_back(folder.empty() || folder == "/" ? folder + part : join_path(folder, part));
        continue;
      }
      for (const std::string& name : list_folder(folder.empty() ? "." : folder))
        if (::fnmatch(part.c_str(), name.c_str(), FNM_PERIOD) == 0)
          next.push_back(folder.empty() || folder == "/" ? folder + name : join_path(folder, name));
    }
    found = std::move(next);
    start = slash + 1;
  }
  std::erase_if(found, [](const std::string& path) { return !is_file(path) && !is_folder(path); });
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace plotwatch::io
