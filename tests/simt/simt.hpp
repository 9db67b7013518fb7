// What tests ask of the harness.
#pragma once

#include <cstddef>
#include <string>

namespace simt {

// Gives kernels::Backend::simt its one device.
void attach();

// Bytes of device memory that cudaMalloc gives at most, and that are given at present.
void set_device_memory(std::size_t bytes);
std::size_t allocated_bytes();
// Calls of cudaMalloc since the program started: a loop that allocates shows.
std::size_t allocations();

// Plans of more transforms than this find no memory; 0: any number does.
void set_largest_plan(int transforms);

// So many streams can still be made; -1: any number.
void set_streams_left(int count);

// The next kernel of this name fails like one that a device stops; "": none.
void break_kernel(const std::string& name);

}  // namespace simt
