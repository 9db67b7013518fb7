#include "io/pixel_buffer.hpp"

#include <cstdlib>
#include <new>

namespace plotwatch::io {
namespace {

constexpr std::size_t alignment = 64;

}  // namespace

std::size_t bytes_per_sample(SampleType type) {
  switch (type) {
    case SampleType::uint8: return 1;
    case SampleType::uint16:
    case SampleType::int16: return 2;
    case SampleType::uint32:
    case SampleType::int32:
    case SampleType::float32: return 4;
    case SampleType::float64: return 8;
  }
  return 0;
}

void PixelBuffer::Free::operator()(std::byte* p) const { std::free(p); }

void PixelBuffer::reset(SampleType type, int width, int height, int bands) {
  type_ = type;
  width_ = width;
  height_ = height;
  bands_ = bands;
  const std::size_t needed = bytes();
  if (needed <= capacity_) return;
  const std::size_t rounded = (needed + alignment - 1) / alignment * alignment;
  data_.reset();
  capacity_ = 0;
  data_.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, rounded)));
  if (!data_) throw std::bad_alloc();
  capacity_ = rounded;
}

std::size_t PixelBuffer::bytes() const {
  return static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * static_cast<std::size_t>(bands_) *
         bytes_per_sample(type_);
}

}  // namespace plotwatch::io
