#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <functional>
#include <mutex>
#include <new>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kernels/device/device.hpp"
#include "simt/block.hpp"
#include "simt/fault.hpp"
#include "simt/launch.hpp"
#include "simt/memory.hpp"
#include "simt/simt.hpp"
#include "simt/stream.hpp"

namespace {

thread_local cudaError_t last_error = cudaSuccess;
thread_local std::string last_fault;  // what cudaErrorLaunchFailure is about

cudaError_t set(cudaError_t error) {
  if (error != cudaSuccess) last_error = error;
  return error;
}

std::mutex streams_mutex;
int streams_left = -1;  // that can still be made; any number
std::set<CUstream_st*> streams;

// Work that is still to be done may use what is about to go.
void run_everything() {
  const std::lock_guard lock(streams_mutex);
  for (CUstream_st* s : streams) s->run();
}

}  // namespace

void CUstream_st::add(std::function<void()> task) {
  const std::lock_guard lock(mutex_);
  tasks_.push_back(std::move(task));
}

cudaError_t CUstream_st::run() {
  const std::lock_guard lock(mutex_);
  std::vector<std::function<void()>> tasks = std::exchange(tasks_, {});
  for (const auto& task : tasks) {
    if (failed_) break;  // nothing runs on a device that has failed
    try {
      task();
    } catch (const simt::Fault& fault) {
      failed_ = true;
      fault_ = fault.what();
    }
  }
  if (!failed_) return cudaSuccess;
  last_fault = fault_;
  return cudaErrorLaunchFailure;
}

cudaError_t cudaGetLastError() { return std::exchange(last_error, cudaSuccess); }

const char* cudaGetErrorString(cudaError_t error) {
  switch (error) {
    case cudaSuccess: return "no error";
    case cudaErrorInvalidValue: return "invalid argument";
    case cudaErrorMemoryAllocation: return "out of memory";
    case cudaErrorInvalidConfiguration: return "invalid configuration argument";
    case cudaErrorInsufficientDriver: return "CUDA driver version is insufficient for CUDA runtime version";
    case cudaErrorNoDevice: return "no CUDA-capable device is detected";
    case cudaErrorInvalidDevice: return "invalid device ordinal";
    case cudaErrorLaunchFailure: return last_fault.c_str();
  }
  return "unknown error";
}

cudaError_t cudaGetDeviceCount(int* count) {
  *count = 1;
  return cudaSuccess;
}
cudaError_t cudaDriverGetVersion(int* version) {
  *version = CUDART_VERSION;
  return cudaSuccess;
}
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* p, int device) {
  if (device != 0) return set(cudaErrorInvalidDevice);
  *p = {};
  std::strcpy(p->name, "CUDA sources on the processor");
  p->totalGlobalMem = simt::device_memory();
  p->multiProcessorCount = 1;
  return cudaSuccess;
}
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr, int) {
  *value = 0;
  return cudaSuccess;
}
cudaError_t cudaSetDevice(int device) { return device == 0 ? cudaSuccess : set(cudaErrorInvalidDevice); }

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  *total = simt::device_memory();
  *free = *total - std::min(*total, simt::allocated_bytes());
  return cudaSuccess;
}

cudaError_t cudaMalloc(void** memory, std::size_t bytes) {
  *memory = simt::allocate_device(bytes);
  return *memory ? cudaSuccess : set(cudaErrorMemoryAllocation);
}
cudaError_t cudaFree(void* memory) {
  if (!memory) return cudaSuccess;
  run_everything();
  return simt::free_device(memory) ? cudaSuccess : set(cudaErrorInvalidValue);
}
cudaError_t cudaMallocHost(void** memory, std::size_t bytes) {
  *memory = ::operator new(bytes, std::nothrow);
  if (*memory) std::memset(*memory, 0xFA, bytes);
  return *memory ? cudaSuccess : set(cudaErrorMemoryAllocation);
}
cudaError_t cudaFreeHost(void* memory) {
  run_everything();
  ::operator delete(memory);
  return cudaSuccess;
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) {
  const std::lock_guard lock(streams_mutex);
  if (streams_left == 0) return set(cudaErrorMemoryAllocation);
  if (streams_left > 0) --streams_left;
  *stream = new CUstream_st;
  streams.insert(*stream);
  return cudaSuccess;
}
cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  if (!stream) return cudaSuccess;
  const cudaError_t error = stream->run();
  const std::lock_guard lock(streams_mutex);
  streams.erase(stream);
  delete stream;
  return error;
}
cudaError_t cudaStreamSynchronize(cudaStream_t stream) { return set(stream->run()); }

cudaError_t cudaMemcpy2DAsync(void* to, std::size_t to_pitch, const void* from, std::size_t from_pitch,
                              std::size_t row_bytes, std::size_t rows, cudaMemcpyKind kind, cudaStream_t stream) {
  if (rows == 0 || row_bytes == 0) return cudaSuccess;
  if (to_pitch < row_bytes || from_pitch < row_bytes) return set(cudaErrorInvalidValue);
  const bool up = kind == cudaMemcpyHostToDevice, down = kind == cudaMemcpyDeviceToHost;
  if (!up && !down) return set(cudaErrorInvalidValue);
  const void* device = up ? to : from;
  if (!simt::is_device(device, (rows - 1) * (up ? to_pitch : from_pitch) + row_bytes))
    return set(cudaErrorInvalidValue);
  stream->add([=] {
    for (std::size_t r = 0; r < rows; ++r)
      std::memcpy(static_cast<char*>(to) + r * to_pitch, static_cast<const char*>(from) + r * from_pitch, row_bytes);
  });
  return cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
  if (kind != cudaMemcpyDeviceToDevice || !simt::is_device(to, bytes) || !simt::is_device(from, bytes))
    return set(cudaErrorInvalidValue);
  stream->add([=] { std::memmove(to, from, bytes); });
  return cudaSuccess;
}

cudaError_t cudaMemsetAsync(void* memory, int byte, std::size_t bytes, cudaStream_t stream) {
  if (!simt::is_device(memory, bytes)) return set(cudaErrorInvalidValue);
  stream->add([=] { std::memset(memory, byte, bytes); });
  return cudaSuccess;
}

cudaError_t cudaMemset2DAsync(void* memory, std::size_t pitch, int byte, std::size_t row_bytes, std::size_t rows,
                              cudaStream_t stream) {
  if (rows == 0 || row_bytes == 0) return cudaSuccess;
  if (pitch < row_bytes || !simt::is_device(memory, (rows - 1) * pitch + row_bytes)) return set(cudaErrorInvalidValue);
  stream->add([=] {
    for (std::size_t r = 0; r < rows; ++r) std::memset(static_cast<char*>(memory) + r * pitch, byte, row_bytes);
  });
  return cudaSuccess;
}

namespace plotwatch::kernels::simt_backend {
const DeviceApi& api();  // runtime_cuda.cu, compiled for the host
}

namespace simt {
namespace {

std::atomic<unsigned> order_seed{1};
std::atomic<std::size_t> run_count{0};

std::mutex broken_mutex;
std::string broken_kernel;

bool is_broken(const std::string& kernel) {
  const std::lock_guard lock(broken_mutex);
  return kernel == broken_kernel && !std::exchange(broken_kernel, "").empty();
}

void run_grid(const char* kernel, dim3 grid, dim3 block, std::size_t shared_bytes,
              const std::function<void()>& thread) {
  ++run_count;
  if (is_broken(kernel)) throw Fault(std::string("kernel ") + kernel + ": stopped by the test");
  std::mt19937 order(order_seed);
  std::vector<uint3> blocks;
  blocks.reserve(std::size_t{grid.x} * grid.y * grid.z);
  for (unsigned z = 0; z < grid.z; ++z)
    for (unsigned y = 0; y < grid.y; ++y)
      for (unsigned x = 0; x < grid.x; ++x) blocks.push_back({x, y, z});
  std::shuffle(blocks.begin(), blocks.end(), order);
  Block one(kernel, block, shared_bytes);
  for (const uint3& index : blocks) one.run(thread, index, grid, order);
}

}  // namespace

void launch(const char* kernel, dim3 grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
            std::function<void()> thread) {
  const bool fits = block.x * block.y * block.z >= 1 && block.x * block.y * block.z <= 1024 && block.z <= 64 &&
                    grid.x >= 1 && grid.y >= 1 && grid.z >= 1 && grid.x <= 0x7fffffffu && grid.y <= 65535 &&
                    grid.z <= 65535 && shared_bytes <= (48 << 10);
  if (!fits) {
    set(cudaErrorInvalidConfiguration);
    return;
  }
  stream->add([=, thread = std::move(thread)] { run_grid(kernel, grid, block, shared_bytes, thread); });
}

void set_streams_left(int count) {
  const std::lock_guard lock(streams_mutex);
  streams_left = count;
}

void break_kernel(const std::string& name) {
  const std::lock_guard lock(broken_mutex);
  broken_kernel = name;
}

void set_order(unsigned seed) { order_seed = seed; }
std::size_t kernels_run() { return run_count; }

void attach() { plotwatch::kernels::attach_simt(plotwatch::kernels::simt_backend::api()); }

}  // namespace simt
