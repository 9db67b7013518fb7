#include "plots/boundary_upload.hpp"

#include <algorithm>

namespace plotwatch::plots {

std::string lower_ascii(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::optional<std::string> upload_code(const std::string& file_name) {
  static const std::string prefix = "初步调查", ending = ".zip";
  constexpr std::size_t digits = 13;
  if (file_name.size() != prefix.size() + digits + ending.size() || !file_name.starts_with(prefix) ||
      lower_ascii(file_name).substr(prefix.size() + digits) != ending)
    return std::nullopt;
  const std::string code = file_name.substr(prefix.size(), digits);
  const bool all_digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  return all_digits ? std::optional(code) : std::nullopt;
}

UploadFiles find_shapefile(const std::vector<std::string>& names) {
  UploadFiles files;
  for (const std::string& name : names)
    if (lower_ascii(name).ends_with(".shp")) files.shapefiles.push_back(name);
  if (files.shapefiles.size() != 1) return files;
  files.stem = files.shapefiles[0].substr(0, files.shapefiles[0].size() - 4);
  for (const char* type : {".shx", ".dbf", ".prj", ".cpg"}) {
    const std::string wanted = lower_ascii(files.stem + type);
    if (std::none_of(names.begin(), names.end(), [&](const std::string& n) { return lower_ascii(n) == wanted; }))
      files.missing.push_back(type);
  }
  return files;
}

}  // namespace plotwatch::plots
