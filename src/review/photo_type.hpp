// What kind of picture some bytes are, by what they hold and not by what they are called.
#pragma once

#include <optional>
#include <string_view>

namespace plotwatch::review {

// "image/jpeg", "image/png" or "image/webp"; empty for anything else, and for pictures that are cut short.
std::optional<std::string_view> photo_type(std::string_view bytes);

}  // namespace plotwatch::review
