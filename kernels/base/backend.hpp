// Which form of a kernel runs, and how a caller proves that it did.
#pragma once

#include <string_view>

namespace plotwatch::kernels {

enum class Backend {
  cpu,   // always there
  cuda,  // where plotwatch was built with CUDA and a device is present
  simt   // in tests: the CUDA sources, executed on the processor thread by thread
};

std::string_view name(Backend backend);

// The instruction set the CPU form was dispatched to on this processor: "x86-64-v4", "x86-64-v3" or "baseline".
std::string_view cpu_target();

}  // namespace plotwatch::kernels
