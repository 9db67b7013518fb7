// Files in a form: multipart/form-data of RFC 7578.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plotwatch::review {

struct FormPart {
  std::string name, file_name;  // as sent; a file name may be anything
  std::string_view bytes;       // of the body that was parsed
};

// Empty for what is no such form or is cut short. At most `limit` parts.
std::optional<std::vector<FormPart>> parse_form(std::string_view content_type, std::string_view body,
                                                std::size_t limit = 8);

}  // namespace plotwatch::review
