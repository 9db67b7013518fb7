// A file appears whole or not at all: written under a temporary name beside its target, synced, renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace plotwatch::io {

class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();  // without commit(): removes the temporary file
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  const std::filesystem::path& temporary() const { return temporary_; }  // write here; keeps the target's extension
  void commit();  // fsync, rename, fsync of the folder; throws Error(output)

 private:
  std::filesystem::path target_, temporary_;
  bool committed_ = false;
};

// Removes the temporary files that killed processes left in `folder`. The caller makes sure that nobody writes there.
void remove_abandoned_files(const std::filesystem::path& folder);

void write_file(const std::filesystem::path& path, std::string_view contents);  // atomic; throws Error(output)
std::string read_file(const std::filesystem::path& path);                       // throws Error(input)

}  // namespace plotwatch::io
