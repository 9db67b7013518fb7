// The devices that kernels can run on besides the processor, and what went wrong on one. No CUDA in here: a build
// without it has the same interface and no devices.
#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/base/backend.hpp"

namespace plotwatch::kernels {

class Queue;

class DeviceError : public std::runtime_error {
 public:
  enum class Kind {
    unavailable,    // the backend or the device is not there; what() says why
    out_of_memory,  // less memory at a time may succeed
    failed          // a kernel or a copy failed; nothing on this device can be trusted any more
  };
  DeviceError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

struct DeviceInfo {
  int index = 0;
  std::string name;
  std::size_t memory = 0;              // bytes
  int major = 0, minor = 0;            // compute capability
  int multiprocessors = 0;             // 0 where that means nothing
  double bandwidth_gb_per_second = 0;  // of its memory, as the driver states it; 0 where it does not
  std::string why_no_transforms;       // empty where Queue::correlate can run: cuFFT is there
};

struct DeviceList {
  std::vector<DeviceInfo> devices;  // those that kernels can run on; indices may have gaps
  // A sentence when there is none: built without CUDA, no driver, driver too old, no device, devices too old.
  std::string why_none;

  const DeviceInfo* find(int index) const;  // null when it is not there
};

// Looks every time; never throws because nothing is there. cpu: an empty list, for the processor is no device.
DeviceList list_devices(Backend backend);

// A queue on device `index`. Throws DeviceError(unavailable) that says why; never falls back to another backend.
std::unique_ptr<Queue> make_queue(Backend backend, int index = 0);

// This thread's own queue on the backend's first device, made when first asked for; for single calls on host memory.
Queue& thread_queue(Backend backend);

// One implementation of devices; a build has the one for CUDA where it was compiled in.
class DeviceApi {
 public:
  virtual ~DeviceApi() = default;
  virtual DeviceList list() const = 0;
  virtual std::unique_ptr<Queue> make_queue(int index) const = 0;
};

// Tests give Backend::simt its implementation, which no program has. `api` lives as long as the program.
void attach_simt(const DeviceApi& api);

}  // namespace plotwatch::kernels
