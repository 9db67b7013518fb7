#include "kernels/device/stream_queue.cuh"

#include <algorithm>

#include "kernels/correlation/transforms.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {

void check(cudaError_t error, const std::string& doing) {
  if (error == cudaSuccess) return;
  const std::string what = doing + ": " + cudaGetErrorString(error);
  cudaGetLastError();  // an error that is reported is not found again by the next call
  throw DeviceError(error == cudaErrorMemoryAllocation ? DeviceError::Kind::out_of_memory : DeviceError::Kind::failed,
                    what);
}

StreamQueue::StreamQueue(int device) : device_(device) {
  activate();
  check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "making a stream");
}

StreamQueue::~StreamQueue() {
  cudaSetDevice(device_);
  transforms_.reset();
  cudaFree(scratch_);
  cudaStreamDestroy(stream_);
}

void StreamQueue::activate() const { check(cudaSetDevice(device_), "using device " + std::to_string(device_)); }

std::size_t StreamQueue::free_memory() const {
  activate();
  std::size_t free = 0, total = 0;
  check(cudaMemGetInfo(&free, &total), "asking for free device memory");
  return free;
}

void* StreamQueue::allocate(std::size_t bytes) {
  if (bytes == 0) return nullptr;
  activate();
  void* memory = nullptr;
  check(cudaMalloc(&memory, bytes), "allocating " + std::to_string(bytes) + " bytes of device memory");
  return memory;
}

void StreamQueue::release(void* memory) noexcept {
  cudaSetDevice(device_);
  cudaFree(memory);
}

void* StreamQueue::allocate_pinned(std::size_t bytes) {
  if (bytes == 0) return nullptr;
  activate();
  void* memory = nullptr;
  check(cudaMallocHost(&memory, bytes), "allocating " + std::to_string(bytes) + " bytes of pinned host memory");
  return memory;
}

void StreamQueue::release_pinned(void* memory) noexcept {
  cudaSetDevice(device_);
  cudaFreeHost(memory);
}

void StreamQueue::upload(void* device, std::size_t device_pitch, const void* host, std::size_t host_pitch,
                         std::size_t row_bytes, std::size_t rows) {
  if (row_bytes == 0 || rows == 0) return;
  activate();
  check(cudaMemcpy2DAsync(device, device_pitch, host, host_pitch, row_bytes, rows, cudaMemcpyHostToDevice, stream_),
        "copying to the device");
}

void StreamQueue::download(void* host, std::size_t host_pitch, const void* device, std::size_t device_pitch,
                           std::size_t row_bytes, std::size_t rows) {
  if (row_bytes == 0 || rows == 0) return;
  activate();
  check(cudaMemcpy2DAsync(host, host_pitch, device, device_pitch, row_bytes, rows, cudaMemcpyDeviceToHost, stream_),
        "copying from the device");
}

void StreamQueue::copy(void* to, const void* from, std::size_t bytes) {
  if (bytes == 0) return;
  activate();
  check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToDevice, stream_), "copying on the device");
}

void StreamQueue::fill(void* device, std::uint8_t byte, std::size_t bytes) {
  if (bytes == 0) return;
  activate();
  check(cudaMemsetAsync(device, byte, bytes, stream_), "filling device memory");
}

void StreamQueue::fill_rows(void* device, std::size_t pitch, std::uint8_t byte, std::size_t row_bytes,
                            std::size_t rows) {
  if (row_bytes == 0 || rows == 0) return;
  activate();
  check(cudaMemset2DAsync(device, pitch, byte, row_bytes, rows, stream_), "filling device memory");
}

// What an asynchronous error belongs to is known only this far; the device stops at the first of them.
void StreamQueue::wait() {
  activate();
  const cudaError_t error = cudaStreamSynchronize(stream_);
  std::string kernels;
  if (error != cudaSuccess)
    for (const char* k : kernels_) kernels += (kernels.empty() ? "" : ", ") + std::string(k);
  kernels_.clear();
  check(error,
        "device " + std::to_string(device_) + (kernels.empty() ? ", copying" : ", in one of the kernels " + kernels));
}

void StreamQueue::launched(const char* kernel, cudaError_t error) {
  check(error, "launching the kernel " + std::string(kernel));
  kernels_.push_back(kernel);
}

void* StreamQueue::scratch(std::size_t bytes) {
  if (bytes > scratch_bytes_) {
    release(scratch_);  // waits for what still uses it
    scratch_ = nullptr;
    scratch_bytes_ = 0;
    scratch_ = allocate(bytes);
    scratch_bytes_ = bytes;
  }
  return scratch_;
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
