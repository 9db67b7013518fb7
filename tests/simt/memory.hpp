// Device memory: between pages that nobody may touch, and filled with poison.
#pragma once

#include <cstddef>

namespace simt {

void* allocate_device(std::size_t bytes);  // null when the device has no more
bool free_device(void* memory);            // false: not the start of an allocation
// Whether [memory, memory + bytes) lies inside one allocation.
bool is_device(const void* memory, std::size_t bytes);
std::size_t device_memory();

}  // namespace simt
