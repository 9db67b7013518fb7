#include "kernels/device/round_trip.hpp"

namespace plotwatch::kernels {

RoundTrip::~RoundTrip() {
  for (const Buffer& b : buffers_) queue_.release(b.memory);
}

void* RoundTrip::allocate(std::size_t bytes, const void* host, std::ptrdiff_t plane_bytes, int planes) {
  buffers_.reserve(buffers_.size() + 1);
  void* memory = queue_.allocate(bytes);
  buffers_.push_back({memory, static_cast<const char*>(host), plane_bytes, planes});
  return memory;
}

void RoundTrip::finish() {
  for (const Download& d : downloads_)
    queue_.download(d.host, d.host_pitch, d.device, d.row_bytes, d.row_bytes, d.rows);
  queue_.wait();
}

}  // namespace plotwatch::kernels
