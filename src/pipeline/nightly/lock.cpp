#include "pipeline/nightly/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>

#include "core/error.hpp"

namespace plotwatch::pipeline::nightly {

NightLock::NightLock(const std::filesystem::path& folder, int wait_seconds) {
  const std::string path = (folder / "night.lock").string();
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0)
    throw Error(ExitCode::output, std::string("cannot be opened: ") + std::strerror(errno), path,
                "Check archive.path and its permissions.");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(wait_seconds);
  while (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int problem = errno;
    if (problem != EWOULDBLOCK && problem != EINTR) {
      ::close(file_);
      throw Error(ExitCode::output, std::string("cannot be locked: ") + std::strerror(problem), path,
                  "Keep the archive on a file system with locks.");
    }
    if (std::chrono::steady_clock::now() >= end) {
      ::close(file_);
      throw Error(ExitCode::busy, "another night is at work on this archive", path,
                  "Let it end, or wait for it with --wait SECONDS.");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

NightLock::~NightLock() { ::close(file_); }

}  // namespace plotwatch::pipeline::nightly
