#include <iostream>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "kernels/base/backend.hpp"
#include "kernels/device/device.hpp"

namespace plotwatch::app {
namespace {

std::string to_text(const kernels::DeviceList& list) {
  std::string text = fmt::format("{:8}  processor, {}\n", "cpu", kernels::cpu_target());
  for (const kernels::DeviceInfo& d : list.devices) {
    text += fmt::format("{:8}  {}, {:.1f} GiB, compute capability {}.{}, {} multiprocessors",
                        fmt::format("cuda:{}", d.index), d.name, static_cast<double>(d.memory) / (1u << 30), d.major,
                        d.minor, d.multiprocessors);
    text += d.bandwidth_gb_per_second > 0 ? fmt::format(", {:.0f} GB/s\n", d.bandwidth_gb_per_second) : "\n";
    if (!d.why_no_transforms.empty())
      text += fmt::format("          windows are matched on the processor: {}\n", d.why_no_transforms);
  }
  if (list.devices.empty()) text += fmt::format("no cuda   {}\n", list.why_none);
  return text;
}

std::string to_json(const kernels::DeviceList& list) {
  nlohmann::ordered_json j;
  j["cpu"] = {{"instruction_set", std::string(kernels::cpu_target())}};
  j["cuda"] = nlohmann::ordered_json::array();
  for (const kernels::DeviceInfo& d : list.devices)
    j["cuda"].push_back({{"index", d.index},
                         {"name", d.name},
                         {"memory_bytes", d.memory},
                         {"compute_capability", fmt::format("{}.{}", d.major, d.minor)},
                         {"multiprocessors", d.multiprocessors},
                         {"bandwidth_gb_per_second", d.bandwidth_gb_per_second},
                         {"why_no_transforms", d.why_no_transforms}});
  if (list.devices.empty()) j["why_no_cuda"] = list.why_none;
  return j.dump(2) + "\n";
}

}  // namespace

void add_devices(CLI::App& program) {
  auto* command = program.add_subcommand("devices", "What --device can name here, and why there is no CUDA device");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "As JSON");
  command->callback([json] {
    const kernels::DeviceList list = kernels::list_devices(kernels::Backend::cuda);
    std::cout << (*json ? to_json(list) : to_text(list));
  });
}

}  // namespace plotwatch::app
