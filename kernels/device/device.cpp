#include "kernels/device/device.hpp"

#include <array>
#include <atomic>

#include "kernels/device/queue.hpp"

namespace plotwatch::kernels {

#ifdef PLOTWATCH_HAS_CUDA
namespace cuda_backend {
const DeviceApi& api();  // runtime_cuda.cu
}
#endif

namespace {

std::atomic<const DeviceApi*> simt_api{nullptr};

const DeviceApi* api_of(Backend backend) {
  if (backend == Backend::simt) return simt_api;
#ifdef PLOTWATCH_HAS_CUDA
  if (backend == Backend::cuda) return &cuda_backend::api();
#endif
  return nullptr;
}

std::string why_no_api(Backend backend) {
  switch (backend) {
    case Backend::cpu: return "the processor is not a device";
    case Backend::cuda: return "this plotwatch was built without CUDA";
    case Backend::simt: return "the simt backend exists in tests alone";
  }
  return "unknown backend";
}

}  // namespace

void attach_simt(const DeviceApi& api) { simt_api = &api; }

DeviceList list_devices(Backend backend) {
  const DeviceApi* api = api_of(backend);
  return api ? api->list() : DeviceList{{}, why_no_api(backend)};
}

const DeviceInfo* DeviceList::find(int index) const {
  for (const DeviceInfo& d : devices)
    if (d.index == index) return &d;
  return nullptr;
}

std::unique_ptr<Queue> make_queue(Backend backend, int index) {
  const DeviceApi* api = api_of(backend);
  if (!api) throw DeviceError(DeviceError::Kind::unavailable, why_no_api(backend));
  const DeviceList list = api->list();
  if (list.devices.empty()) throw DeviceError(DeviceError::Kind::unavailable, list.why_none);
  if (!list.find(index))
    throw DeviceError(DeviceError::Kind::unavailable, "device " + std::to_string(index) + " is not there");
  return api->make_queue(index);
}

Queue& thread_queue(Backend backend) {
  thread_local std::array<std::unique_ptr<Queue>, 3> queues;
  auto& queue = queues.at(static_cast<std::size_t>(backend));
  if (!queue) {
    const DeviceList list = list_devices(backend);
    queue = make_queue(backend, list.devices.empty() ? 0 : list.devices.front().index);
  }
  return *queue;
}

}  // namespace plotwatch::kernels
