// Owning, 64-byte aligned sample storage in a file's own type.
#pragma once

#include <cstddef>
#include <memory>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"
#include "model/scene.hpp"

namespace plotwatch::io {

std::size_t bytes_per_sample(SampleType type);

class PixelBuffer {
 public:
  PixelBuffer() = default;

  // Sizes the buffer, keeping the allocation when it is large enough. Contents are unspecified.
  void reset(SampleType type, int width, int height, int bands);

  SampleType type() const { return type_; }
  int width() const { return width_; }
  int height() const { return height_; }
  int bands() const { return bands_; }
  std::size_t bytes() const;  // in use
  std::byte* data() { return data_.get(); }
  const std::byte* data() const { return data_.get(); }

  // T must be the C++ type of type(): uint8_t, uint16_t, int16_t, float.
  template <class T>
  kernels::Planes<T> planes() {
    return {reinterpret_cast<T*>(data_.get()), width_, height_, bands_, width_, std::ptrdiff_t{width_} * height_};
  }
  template <class T>
  kernels::Planes<const T> planes() const {
    return {reinterpret_cast<const T*>(data_.get()), width_, height_, bands_, width_, std::ptrdiff_t{width_} * height_};
  }

 private:
  struct Free {
    void operator()(std::byte* p) const;
  };
  std::unique_ptr<std::byte, Free> data_;
  std::size_t capacity_ = 0;
  SampleType type_ = SampleType::uint8;
  int width_ = 0, height_ = 0, bands_ = 0;
};

}  // namespace plotwatch::io
