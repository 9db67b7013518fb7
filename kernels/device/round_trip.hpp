// One call of a kernel on host memory: everything up, the kernel, everything down.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kernels/base/view.hpp"
#include "kernels/device/device.hpp"
#include "kernels/device/queue.hpp"

namespace plotwatch::kernels {

class RoundTrip {
 public:
  explicit RoundTrip(Backend backend) : queue_(thread_queue(backend)) {}
  RoundTrip(const RoundTrip&) = delete;
  RoundTrip& operator=(const RoundTrip&) = delete;
  ~RoundTrip();

  Queue& queue() { return queue_; }

  template <class T>
  View<const T> in(View<const T> host) {
    return copied_in(host);
  }
  template <class T>
  Planes<const T> in(Planes<const T> host) {
    const Planes<T> device = room<T>(host.width, host.height, host.bands, host.data, host.plane_stride);
    for (int b = 0; b < host.bands; ++b) up(host.band(b), device.band(b));
    return device;
  }
  template <class T>
  const T* in(std::span<const T> host) {
    return in(View<const T>{host.data(), static_cast<int>(host.size()), host.empty() ? 0 : 1, 0}).data;
  }

  // Room for what comes back; in-place where the host's memory is that of an input.
  template <class T>
  View<T> out(View<T> host) {
    for (const Buffer& b : buffers_) {
      const auto plane = b.plane_of(host.data);
      if (plane >= 0 && !host.empty()) {
        const View<T> device{static_cast<T*>(b.memory) + plane * std::ptrdiff_t{host.width} * host.height, host.width,
                             host.height, host.width};
        later(host, device);
        return device;
      }
    }
    const View<T> device = room<T>(host.width, host.height, 1, nullptr, 0).band(0);
    later(host, device);
    return device;
  }
  template <class T>
  Planes<T> out(Planes<T> host) {
    const Planes<T> device = room<T>(host.width, host.height, host.bands, nullptr, 0);
    for (int b = 0; b < host.bands; ++b) later(host.band(b), device.band(b));
    return device;
  }
  template <class T>
  View<T> inout(View<T> host) {
    const View<T> device = copied_in(View<const T>(host));
    later(host, device);
    return device;
  }
  template <class T>
  T* out(T* host, std::size_t count) {
    return out(View<T>{host, static_cast<int>(count), 1, 0}).data;
  }

  // Brings back what was given out. Without it nothing comes back.
  void finish();

 private:
  struct Buffer {
    void* memory;
    const char* host;  // of an input, null of an output
    std::ptrdiff_t plane_bytes;
    int planes;
    int plane_of(const void* data) const {
      if (!host) return -1;
      for (int p = 0; p < planes; ++p)
        if (host + p * plane_bytes == data) return p;
      return -1;
    }
  };
  struct Download {
    void* host;
    std::size_t host_pitch;
    const void* device;
    std::size_t row_bytes, rows;
  };

  void* allocate(std::size_t bytes, const void* host, std::ptrdiff_t plane_bytes, int planes);

  // Rows follow each other without a gap.
  template <class T>
  Planes<T> room(int width, int height, int bands, const T* host, std::ptrdiff_t plane_stride) {
    if (width <= 0 || height <= 0 || bands <= 0) return {nullptr, width, height, bands, width, 0};
    const std::ptrdiff_t plane = std::ptrdiff_t{width} * height;
    void* memory = allocate(static_cast<std::size_t>(plane) * static_cast<std::size_t>(bands) * sizeof(T), host,
                            plane_stride * std::ptrdiff_t{sizeof(T)}, bands);
    return {static_cast<T*>(memory), width, height, bands, width, plane};
  }
  template <class T>
  View<T> copied_in(View<const T> host) {
    const View<T> device = room<T>(host.width, host.height, 1, host.data, 0).band(0);
    up(host, device);
    return device;
  }
  template <class T>
  void up(View<const T> host, View<T> device) {
    if (host.empty()) return;
    queue_.upload(device.data, row_bytes(device), host.data, pitch(host), row_bytes(device),
                  static_cast<std::size_t>(host.height));
  }
  template <class T>
  void later(View<T> host, View<T> device) {
    if (!host.empty())
      downloads_.push_back(
          {host.data, pitch(host), device.data, row_bytes(device), static_cast<std::size_t>(host.height)});
  }
  template <class T>
  static std::size_t row_bytes(View<T> view) {
    return static_cast<std::size_t>(view.width) * sizeof(T);
  }
  // The stride of a single row may be anything.
  template <class T>
  static std::size_t pitch(View<T> view) {
    return view.height == 1 ? row_bytes(view) : static_cast<std::size_t>(view.stride) * sizeof(T);
  }

  Queue& queue_;
  std::vector<Buffer> buffers_;
  std::vector<Download> downloads_;
};

}  // namespace plotwatch::kernels
