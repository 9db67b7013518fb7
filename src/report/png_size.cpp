#include "report/png_size.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"

namespace plotwatch::report {

PngSize png_size(std::span<const std::uint8_t> bytes) {
  constexpr std::array<std::uint8_t, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  constexpr std::size_t width_at = 16, height_at = 20;  // after the signature, the chunk's length and its name
  if (bytes.size() < height_at + 4 || !std::ranges::equal(signature, bytes.first(signature.size())))
    throw Error(ExitCode::internal, "a chip is not a PNG picture", "report::write_html",
                "Please report this with the command that was run.");
  const auto number = [&](std::size_t at) {
    return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 |
           bytes[at + 3];
  };
  return {number(width_at), number(height_at)};
}

}  // namespace plotwatch::report
