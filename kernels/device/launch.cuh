// How a .cu file of this project launches a kernel and names shared memory: the only words that nvcc and the host
// compiler (tests/simt) read differently.
#pragma once

#include <cuda_runtime.h>

#include <cstddef>

#include "kernels/base/view.hpp"

#if defined(__CUDACC__)
#define PLOTWATCH_BACKEND cuda_backend
// An array of a block. T: anything without a constructor.
#define PLOTWATCH_SHARED(T, name, count) __shared__ T name[count]
// The block's dynamic shared memory, all of it. One a kernel.
#define PLOTWATCH_SHARED_DYNAMIC(T, name)                                 \
  extern __shared__ __align__(16) unsigned char plotwatch_shared_bytes[]; \
  T* const name = reinterpret_cast<T*>(plotwatch_shared_bytes)
#else
#define PLOTWATCH_BACKEND simt_backend
#define PLOTWATCH_SHARED(T, name, count) const auto name = ::simt::static_shared<T>(#name, count, [] {})
#define PLOTWATCH_SHARED_DYNAMIC(T, name) const auto name = ::simt::dynamic_shared<T>(#name)
#endif

namespace plotwatch::kernels::PLOTWATCH_BACKEND {

// Blocks of 32 x 8 threads: a warp is a row of 32 neighbours, so that it reads whole sectors.
inline constexpr int block_width = 32, block_height = 8;

struct Shape {
  dim3 grid, block;
  std::size_t shared_bytes = 0;
  bool empty() const { return grid.x == 0 || grid.y == 0 || grid.z == 0; }
};

inline unsigned ceil_divide(int n, int by) { return n <= 0 ? 0u : static_cast<unsigned>((n - 1) / by + 1); }

// A thread a pixel.
inline Shape over_pixels(int width, int height, std::size_t shared_bytes = 0) {
  return {dim3(ceil_divide(width, block_width), ceil_divide(height, block_height)), dim3(block_width, block_height),
          shared_bytes};
}

struct Pixel {
  int x, y;
};
__device__ inline Pixel this_pixel() {
  return {static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x),
          static_cast<int>(blockIdx.y * blockDim.y + threadIdx.y)};
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
