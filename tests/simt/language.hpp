// The words that CUDA adds to C++, for the host compiler.
#pragma once

#define __global__ inline
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __syncthreads() ::simt::barrier(__FILE__, __LINE__)

struct uint3 {
  unsigned x, y, z;
};

struct dim3 {
  unsigned x, y, z;
  constexpr dim3(unsigned x_ = 1, unsigned y_ = 1, unsigned z_ = 1) : x(x_), y(y_), z(z_) {}
};

namespace simt {

// Where the running thread is.
struct Place {
  uint3 thread, block, block_size, grid_size;
};
inline constinit thread_local Place place{};

// Waits until every thread of the block waits in the same line of the source.
void barrier(const char* file, int line);

}  // namespace simt

#define threadIdx (::simt::place.thread)
#define blockIdx (::simt::place.block)
#define blockDim (::simt::place.block_size)
#define gridDim (::simt::place.grid_size)
inline constexpr int warpSize = 32;
