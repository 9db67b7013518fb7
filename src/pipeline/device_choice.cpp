#include "pipeline/device_choice.hpp"

#include <fmt/format.h>

#include "core/log.hpp"
#include "model/device.hpp"

namespace plotwatch::pipeline {

using kernels::Backend;

DeviceChoice choose_device(const std::string& asked) {
  const auto request = parse_device(asked);
  if (!request)
    throw Error(ExitCode::config, fmt::format("'{}' is no device", asked), "run.device",
                "Give auto, cpu, cuda or cuda:N.");
  using Kind = DeviceRequest::Kind;
  DeviceChoice processor{asked, Backend::cpu, 0, std::string(kernels::cpu_target()), {}};
  if (request->kind == Kind::cpu) return processor;
  const Backend backend = request->kind == Kind::simt ? Backend::simt : Backend::cuda;
  const kernels::DeviceList list = kernels::list_devices(backend);
  if (request->kind == Kind::automatic && list.devices.empty()) {
    log::debug("tiles are scored on the processor: {}", list.why_none);
    return processor;
  }
  if (list.devices.empty())
    throw Error(ExitCode::resources, fmt::format("{} is asked for, but {}", asked, list.why_none), "run.device",
                "Use --device cpu or --device auto; `plotwatch devices` lists what is there.");
  const kernels::DeviceInfo* device = request->index ? list.find(*request->index) : &list.devices.front();
  if (!device)
    throw Error(ExitCode::resources, fmt::format("{} is asked for, but there is no device {}", asked, *request->index),
                "run.device", "`plotwatch devices` lists what is there.");
  log::info("tiles are scored on {} {}, {}", name(backend), device->index, device->name);
  if (!device->why_no_transforms.empty())
    log::info("windows are matched on the processor: {}", device->why_no_transforms);
  return {asked, backend, device->index, device->name, device->why_no_transforms};
}

Error device_error(const DeviceChoice& device, const kernels::DeviceError& error) {
  return {ExitCode::resources, error.what(), fmt::format("{} {}, {}", name(device.backend), device.index, device.name),
          "Use --device cpu; `plotwatch devices` lists what is there."};
}

}  // namespace plotwatch::pipeline
