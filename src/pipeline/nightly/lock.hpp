// One night at a time for an archive.
#pragma once

#include <filesystem>

namespace plotwatch::pipeline::nightly {

// Held while the object lives; the system lets go of it when the process ends, however it ends.
class NightLock {
 public:
  // Waits up to `wait_seconds` for another night to end. Throws Error(busy) when it does not, Error(output) when the
  // lock cannot be made.
  NightLock(const std::filesystem::path& folder, int wait_seconds);
  ~NightLock();
  NightLock(const NightLock&) = delete;
  NightLock& operator=(const NightLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace plotwatch::pipeline::nightly
