#include "review/photo_type.hpp"

#include <cstdint>

namespace plotwatch::review {
namespace {

using namespace std::string_view_literals;

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (std::size_t i = 4; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[i]);
  return out;
}

}  // namespace

std::optional<std::string_view> photo_type(std::string_view bytes) {
  // Phones add bytes after the end marker (depth maps, motion): the marker must be there, not last.
  if (bytes.starts_with("\xFF\xD8\xFF"sv) && bytes.size() > 128 && bytes.rfind("\xFF\xD9"sv) != std::string_view::npos)
    return "image/jpeg"sv;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv) && bytes.substr(12, 4) == "IHDR"sv &&
      bytes.ends_with("IEND\xAE\x42\x60\x82"sv))
    return "image/png"sv;
  if (bytes.size() > 20 && bytes.starts_with("RIFF"sv) && bytes.substr(8, 4) == "WEBP"sv &&
      little_endian(bytes.substr(4, 4)) + std::uint64_t{8} <= bytes.size())
    return "image/webp"sv;
  return std::nullopt;
}

}  // namespace plotwatch::review
