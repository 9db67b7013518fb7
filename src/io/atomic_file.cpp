#include "io/atomic_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <regex>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"

namespace plotwatch::io {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view advice = "Check free disk space and write permission.";

Error output_error(const fs::path& path, std::string_view what, int error) {
  return Error(ExitCode::output, fmt::format("{}: {}", what, std::strerror(error)), path.string(), std::string(advice));
}

void sync_path(const fs::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) throw output_error(path, "cannot be opened to be synced", errno);
  const int status = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  // Some network file systems cannot sync a folder; the file itself must be.
  if (status != 0 && !(error == EINVAL && (flags & O_DIRECTORY))) throw output_error(path, "cannot be synced", error);
}

}  // namespace

AtomicFile::AtomicFile(fs::path target) : target_(std::move(target)) {
  temporary_ = target_.parent_path() /
               fmt::format(".{}.{}.part{}", target_.stem().string(), ::getpid(), target_.extension().string());
}

AtomicFile::~AtomicFile() {
  if (committed_) return;
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

void AtomicFile::commit() {
  sync_path(temporary_, O_RDONLY);
  std::error_code error;
  fs::rename(temporary_, target_, error);
  if (error) throw output_error(target_, "cannot be put into place", error.value());
  committed_ = true;
  sync_path(target_.has_parent_path() ? target_.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY);
}

void remove_abandoned_files(const fs::path& folder) {
  // As the constructor names them, and what SQLite keeps beside such a name.
  static const std::regex temporary(R"(\..*\.[0-9]+\.part(\..*)?)");
  std::vector<fs::path> abandoned;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.is_regular_file(ignored) && std::regex_match(entry.path().filename().string(), temporary))
      abandoned.push_back(entry.path());
  for (const fs::path& file : abandoned) fs::remove(file, ignored);
}

void write_file(const fs::path& path, std::string_view contents) {
  AtomicFile file(path);
  std::ofstream out(file.temporary(), std::ios::binary);
  out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
  out.close();
  if (!out) throw output_error(path, "cannot be written", errno);
  file.commit();
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Error(ExitCode::input, fmt::format("cannot be opened: {}", std::strerror(errno)), path.string(),
                "Check the path and its permissions.");
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad())
    throw Error(ExitCode::input, "reading failed half way", path.string(), "Check the disk or the network share.");
  return std::move(text).str();
}

}  // namespace plotwatch::io
