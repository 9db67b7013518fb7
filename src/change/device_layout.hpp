// Arrays one after another in one piece of memory.
#pragma once

#include <cstddef>
#include <cstring>

#include "kernels/base/view.hpp"
#include "kernels/device/queue.hpp"

namespace plotwatch::change {

// Without memory it only counts.
class Layout {
 public:
  explicit Layout(char* memory) : memory_(memory) {}
  template <class T>
  T* array(std::size_t count) {
    T* at = memory_ ? reinterpret_cast<T*>(memory_ + used_) : nullptr;
    used_ += (count * sizeof(T) + alignment - 1) / alignment * alignment;
    return at;
  }
  template <class T>
  kernels::Planes<T> planes(int width, int height, int bands) {
    const std::ptrdiff_t stride = (width + row_alignment - 1) / row_alignment * row_alignment, plane = stride * height;
    T* at = array<T>(static_cast<std::size_t>(plane) * static_cast<std::size_t>(bands));
    return {at, width, height, bands, stride, plane};
  }
  template <class T>
  kernels::View<T> view(int width, int height) {
    return planes<T>(width, height, 1).band(0);
  }
  std::size_t used() const { return used_; }

 private:
  static constexpr std::size_t alignment = 256;  // where arrays start
  static constexpr int row_alignment = 32;       // px: rows start where a warp reads whole sectors
  char* memory_;
  std::size_t used_ = 0;
};

// A lane's two pieces of memory. Without a queue nothing is done, and both only count.
struct Stage {
  kernels::Queue* queue;
  Layout device, pinned;

  // A copy on the device, through pinned memory.
  template <class T>
  const T* up(const T* host, std::size_t count) {
    T* staged = pinned.array<T>(count);
    T* there = device.array<T>(count);
    if (queue && count > 0) {
      const std::size_t bytes = count * sizeof(T);
      std::memcpy(staged, host, bytes);
      queue->upload(there, bytes, staged, bytes, bytes, 1);
    }
    return there;
  }
};

}  // namespace plotwatch::change
