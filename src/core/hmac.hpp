// What messages are signed with: HMAC-SHA256 (RFC 2104), as bytes, in hexadecimal and in base64 (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plotwatch {

std::string hmac_sha256(std::string_view key, std::string_view text);  // 32 bytes
std::string hex(std::string_view bytes);                               // lower case
std::string base64(std::string_view bytes);                            // padded, one line
std::optional<std::string> decode_base64(std::string_view text);       // padded; empty for any other text

}  // namespace plotwatch
