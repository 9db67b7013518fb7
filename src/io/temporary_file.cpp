#include "io/temporary_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include <unistd.h>

#include "core/error.hpp"

namespace plotwatch::io {
namespace fs = std::filesystem;
namespace {

std::string pattern() { return (fs::temp_directory_path() / "plotwatch-XXXXXX").string(); }

Error cannot_be_made(const std::string& path) {
  return Error(ExitCode::output, std::string("a temporary file cannot be made: ") + std::strerror(errno), path,
               "Check free space in the folder for temporary files (TMPDIR).");
}

}  // namespace

TemporaryFile::TemporaryFile() : path_(pattern()) {
  const int handle = ::mkstemp(path_.data());
  if (handle < 0) throw cannot_be_made(path_);
  ::close(handle);
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = pattern();
  if (::mkdtemp(name.data()) == nullptr) throw cannot_be_made(name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace plotwatch::io
