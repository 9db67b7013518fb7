// What devices there are, and the way to a queue on one.
#include <algorithm>
#include <string>

#include "kernels/correlation/transforms.cuh"
#include "kernels/device/stream_queue.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

// Compute capability, times ten, of the oldest architecture that this file was compiled for; later ones can take its
// code.
#if defined(__CUDA_ARCH_LIST__)
constexpr int oldest = std::min({__CUDA_ARCH_LIST__}) / 10;
#else
constexpr int oldest = 0;
#endif

std::string version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string why_not(cudaError_t error) {
  int driver = 0;
  cudaDriverGetVersion(&driver);
  if (driver == 0) return "no NVIDIA driver is installed, or it does not answer";
  if (error == cudaErrorInsufficientDriver)
    return "the NVIDIA driver supports CUDA " + version_text(driver) + ", this plotwatch needs " +
           version_text(CUDART_VERSION) + " or later";
  if (error == cudaErrorNoDevice || error == cudaSuccess) return "the NVIDIA driver finds no device";
  return std::string("the NVIDIA driver reports: ") + cudaGetErrorString(error);
}

DeviceInfo describe(int index) {
  cudaDeviceProp p;
  check(cudaGetDeviceProperties(&p, index), "describing device " + std::to_string(index));
  int clock_khz = 0, bus_bits = 0;
  cudaDeviceGetAttribute(&clock_khz, cudaDevAttrMemoryClockRate, index);
  cudaDeviceGetAttribute(&bus_bits, cudaDevAttrGlobalMemoryBusWidth, index);
  DeviceInfo info;
  info.index = index;
  info.name = p.name;
  info.memory = p.totalGlobalMem;
  info.major = p.major;
  info.minor = p.minor;
  info.multiprocessors = p.multiProcessorCount;
  info.bandwidth_gb_per_second = 2e-6 * clock_khz * (bus_bits / 8);  // two transfers a clock
  info.why_no_transforms = transform_library().why_none;
  return info;
}

class Api final : public DeviceApi {
 public:
  DeviceList list() const override {
    DeviceList list;
    int count = 0;
    const cudaError_t error = cudaGetDeviceCount(&count);
    cudaGetLastError();
    if (error != cudaSuccess || count == 0) return {{}, why_not(error)};
    for (int i = 0; i < count; ++i) {
      const DeviceInfo device = describe(i);
      if (10 * device.major + device.minor >= oldest) {
        list.devices.push_back(device);
        continue;
      }
      list.why_none += (list.why_none.empty() ? "" : "; ") + device.name + " has compute capability " +
                       std::to_string(device.major) + "." + std::to_string(device.minor) + ", this plotwatch needs " +
                       std::to_string(oldest / 10) + "." + std::to_string(oldest % 10);
    }
    if (!list.devices.empty()) list.why_none.clear();
    return list;
  }
  std::unique_ptr<Queue> make_queue(int index) const override { return std::make_unique<StreamQueue>(index); }
};

}  // namespace

Backend StreamQueue::backend() const {
#if defined(__CUDACC__)
  return Backend::cuda;
#else
  return Backend::simt;
#endif
}

const DeviceApi& api() {
  static const Api one;
  return one;
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
