// Stands in for the header of cuFFT of this name: transforms by definition of their factors, on the processor, when the
// stream is waited for. In floats and in an order of its own, so that what rests on the order of sums shows.
#pragma once

#include <cstddef>

#include "simt/runtime_api.hpp"

#define CUFFT_VER_MAJOR 12
#define CUFFT_FORWARD (-1)
#define CUFFT_INVERSE 1

enum cufftResult { CUFFT_SUCCESS = 0, CUFFT_INVALID_PLAN = 1, CUFFT_ALLOC_FAILED = 2, CUFFT_INVALID_VALUE = 4 };
enum cufftType { CUFFT_C2C = 0x29 };
struct cufftComplex {
  float x, y;
};
using cufftHandle = int;

cufftResult cufftCreate(cufftHandle* plan);
cufftResult cufftDestroy(cufftHandle plan);
cufftResult cufftSetAutoAllocation(cufftHandle plan, int automatic);
cufftResult cufftMakePlanMany(cufftHandle plan, int rank, int* n, int* in_embed, int in_stride, int in_distance,
                              int* out_embed, int out_stride, int out_distance, cufftType type, int batch,
                              std::size_t* work_bytes);
cufftResult cufftSetWorkArea(cufftHandle plan, void* work);
cufftResult cufftSetStream(cufftHandle plan, cudaStream_t stream);
cufftResult cufftExecC2C(cufftHandle plan, cufftComplex* in, cufftComplex* out, int direction);
