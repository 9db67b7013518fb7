// Files of the work folder: how they are opened and checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/error.hpp"

namespace plotwatch::pipeline {

// Of what errno says now.
Error work_file_error(const std::filesystem::path& path, std::string_view what);

// A descriptor, closed on exec. Throws Error(output).
int open_work_file(const std::filesystem::path& path, int flags);

// CRC-32 of the bytes, going on from `start`.
std::uint32_t checksum(const void* data, std::size_t bytes, std::uint32_t start = 0);

}  // namespace plotwatch::pipeline
