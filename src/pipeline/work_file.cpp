#include "pipeline/work_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>

#include <fmt/format.h>
#include <libdeflate.h>

namespace plotwatch::pipeline {

Error work_file_error(const std::filesystem::path& path, std::string_view what) {
  return Error(ExitCode::output, fmt::format("{}: {}", what, std::strerror(errno)), path.string(),
               "Check free disk space and write permission of the output folder.");
}

int open_work_file(const std::filesystem::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (fd < 0) throw work_file_error(path, "cannot be opened for writing");
  return fd;
}

std::uint32_t checksum(const void* data, std::size_t bytes, std::uint32_t start) {
  return ::libdeflate_crc32(start, data, bytes);
}

}  // namespace plotwatch::pipeline
