// RFC 4648 base64, for pictures inside a page.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace plotwatch::report {

std::string base64(std::span<const std::uint8_t> bytes);

}  // namespace plotwatch::report
