#include "io/memory_files.hpp"

#include <atomic>

#include <cpl_vsi.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "io/files.hpp"
#include "io/raster.hpp"

namespace plotwatch::io {

MemoryFolder::MemoryFolder() {
  static std::atomic<unsigned> count{0};
  start_gdal();
  folder_ = fmt::format("/vsimem/plotwatch-{}", count++);
  VSIMkdir(folder_.c_str(), 0700);
}

MemoryFolder::~MemoryFolder() { VSIRmdirRecursive(folder_.c_str()); }

std::string MemoryFolder::add(const std::string& name, std::string_view bytes) {
  std::string at = path(name);
  VSILFILE* file = VSIFOpenL(at.c_str(), "wb");
  if (!file) throw Error(ExitCode::internal, "no file can be made in memory", at, "Please report this.");
  const std::size_t written = bytes.empty() ? 0 : VSIFWriteL(bytes.data(), 1, bytes.size(), file);
  VSIFCloseL(file);
  if (written != bytes.size())
    throw Error(ExitCode::resources, "a file does not fit into memory", at, "Split the file.");
  return at;
}

std::vector<std::string> MemoryFolder::names() const { return list_folder(folder_); }

std::string MemoryFolder::read(const std::string& name) const {
  const std::string at = path(name);
  vsi_l_offset size = 0;
  const GByte* bytes = VSIGetMemFileBuffer(at.c_str(), &size, FALSE);
  if (!bytes) throw Error(ExitCode::internal, "a file in memory is missing", at, "Please report this.");
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

}  // namespace plotwatch::io
