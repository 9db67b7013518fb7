// What scores the tiles of a scan.
#pragma once

#include <string>

#include "core/error.hpp"
#include "kernels/base/backend.hpp"
#include "kernels/device/device.hpp"

namespace plotwatch::pipeline {

struct DeviceChoice {
  std::string asked;  // run.device
  kernels::Backend backend = kernels::Backend::cpu;
  int index = 0;
  std::string name;               // of the device; of the processor its instruction set
  std::string why_no_transforms;  // empty where the device can correlate windows
};

// `asked` as model/device.hpp reads it. Throws Error(resources), which says why, when a device that is asked for by
// name is not there, Error(config) when the text means nothing; never falls back to another than was asked for.
DeviceChoice choose_device(const std::string& asked);

// What went wrong on a device before any pixel: Error(resources).
Error device_error(const DeviceChoice& device, const kernels::DeviceError& error);

}  // namespace plotwatch::pipeline
