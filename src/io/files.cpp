#include "io/files.hpp"

#include <algorithm>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

#include "core/error.hpp"
#include "io/gdal_dataset.hpp"
#include "io/raster.hpp"

namespace plotwatch::io {
namespace {

constexpr GIntBig most_text_bytes = GIntBig{64} << 20;

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

bool exists_as(const std::string& path, bool folder) {
  start_gdal();
  VSIStatBufL status;
  const GdalMessages quiet;
  if (VSIStatExL(without_trailing_slash(path).c_str(), &status, VSI_STAT_EXISTS_FLAG | VSI_STAT_NATURE_FLAG) != 0)
    return false;
  return folder ? VSI_ISDIR(status.st_mode) : !VSI_ISDIR(status.st_mode);
}

}  // namespace

bool is_file(const std::string& path) { return exists_as(path, false); }
bool is_folder(const std::string& path) { return exists_as(path, true); }

std::vector<std::string> list_folder(const std::string& path) {
  start_gdal();
  const GdalMessages quiet;
  const CPLStringList names(VSIReadDir(without_trailing_slash(path).c_str()));
  std::vector<std::string> sorted;
  for (int i = 0; i < names.Count(); ++i)
    if (!EQUAL(names[i], ".") && !EQUAL(names[i], "..")) sorted.emplace_back(names[i]);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

std::string read_text(const std::string& path) {
  start_gdal();
  const GdalMessages messages;
  GByte* bytes = nullptr;
  vsi_l_offset size = 0;
  if (VSIIngestFile(nullptr, path.c_str(), &bytes, &size, most_text_bytes) == FALSE)
    throw Error(ExitCode::input, "cannot be read: " + messages.text(), path, "Check the path and its permissions.");
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  CPLFree(bytes);
  return text;
}

std::string join_path(const std::string& folder, const std::string& name) {
  if (folder.empty() || name.rfind("/", 0) == 0) return name;
  return without_trailing_slash(folder) + "/" + name;
}

std::string folder_of(const std::string& path) {
  const std::string clean = without_trailing_slash(path);
  const std::size_t slash = clean.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : clean.substr(0, slash);
}

std::string file_name_of(const std::string& path) {
  const std::string clean = without_trailing_slash(path);
  return clean.substr(clean.rfind('/') + 1);
}

std::string stem_of(const std::string& path) {
  const std::string name = file_name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

}  // namespace plotwatch::io
