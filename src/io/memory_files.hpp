// Files that exist in memory alone, for libraries that want a path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plotwatch::io {

// A folder of its own among GDAL's /vsimem files; gone with the object.
class MemoryFolder {
 public:
  MemoryFolder();
  ~MemoryFolder();
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string add(const std::string& name, std::string_view bytes);  // gives back the path
  std::vector<std::string> names() const;                            // sorted
  std::string read(const std::string& name) const;                   // throws Error(internal) when it is not there

 private:
  std::string folder_;
};

}  // namespace plotwatch::io
