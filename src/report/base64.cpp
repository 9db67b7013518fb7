#include "report/base64.hpp"

#include <algorithm>
#include <string_view>

namespace plotwatch::report {

std::string base64(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < have ? bytes[at + i] : 0u);
    for (std::size_t i = 0; i < 4; ++i) text += i <= have ? digits[group >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

}  // namespace plotwatch::report
