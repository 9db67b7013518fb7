// Runs a kernel: block after block, each thread on a fiber of its own as soon as it waits for others.
#pragma once

#include <cstddef>
#include <functional>

#include "simt/language.hpp"
#include "simt/runtime_api.hpp"

namespace simt {

// Checks the shape as a device would, then adds the kernel to the stream; it runs when the stream is waited for.
void launch(const char* kernel, dim3 grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
            std::function<void()> thread);

// The order of blocks, and of the threads within a block, follows from this number; tests run with several.
void set_order(unsigned seed);

// Kernels run since the program started, so that a test can prove that its kernel did.
std::size_t kernels_run();

}  // namespace simt
