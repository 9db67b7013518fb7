// Non-owning 2-D and 3-D pointers over samples; the only way pixels are handed to a kernel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#if defined(__CUDACC__)
#define PLOTWATCH_HD __host__ __device__
#else
#define PLOTWATCH_HD
#endif

namespace plotwatch::kernels {

// One band: `height` rows of `width` samples, `stride` samples from one row to the next (>= width).
template <class T>
struct View {
  T* data = nullptr;
  int width = 0;
  int height = 0;
  std::ptrdiff_t stride = 0;

  PLOTWATCH_HD T* row(int y) const { return data + y * stride; }
  PLOTWATCH_HD T& operator()(int x, int y) const { return data[y * stride + x]; }
  PLOTWATCH_HD bool empty() const { return width <= 0 || height <= 0; }

  // Part of the view; the caller keeps (x, y, w, h) inside it.
  PLOTWATCH_HD View sub(int x, int y, int w, int h) const { return {data + y * stride + x, w, h, stride}; }

  template <class U>
  requires(std::is_same_v<U, const T> && !std::is_const_v<T>) PLOTWATCH_HD operator View<U>() const {
    return {data, width, height, stride};
  }
};

// Several bands of one size, band after band, `plane_stride` samples from one band to the next.
template <class T>
struct Planes {
  T* data = nullptr;
  int width = 0;
  int height = 0;
  int bands = 0;
  std::ptrdiff_t stride = 0;
  std::ptrdiff_t plane_stride = 0;

  PLOTWATCH_HD View<T> band(int b) const { return {data + b * plane_stride, width, height, stride}; }
  PLOTWATCH_HD bool empty() const { return width <= 0 || height <= 0 || bands <= 0; }
  PLOTWATCH_HD Planes sub(int x, int y, int w, int h) const {
    return {data + y * stride + x, w, h, bands, stride, plane_stride};
  }

  template <class U>
  requires(std::is_same_v<U, const T> && !std::is_const_v<T>) PLOTWATCH_HD operator Planes<U>() const {
    return {data, width, height, bands, stride, plane_stride};
  }
};

// Masks are uint8: 1 usable, 0 not. Samples under a 0 may hold anything, NaN included.
using Mask = View<const std::uint8_t>;
using MutableMask = View<std::uint8_t>;

}  // namespace plotwatch::kernels
