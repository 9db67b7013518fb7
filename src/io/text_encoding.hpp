// Text of files that do not say how it is encoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plotwatch::io {

// Strict: no overlong forms, no surrogates. A character cut off by the end of a fixed-width field is allowed there
// when `cut_end` is set.
bool is_utf8(std::string_view text, bool cut_end = false);

// The text without a UTF-8 character cut off by its end.
std::string_view without_cut_utf8(std::string_view text);

// GB18030 (and so GBK and GB 2312) as UTF-8; a character cut off by the end is dropped. Empty when the bytes are
// not GB18030.
std::optional<std::string> utf8_from_gb18030(std::string_view text);

// The other way. Characters that are not UTF-8 become '?'.
std::string gb18030_from_utf8(std::string_view text);

struct DecodedText {
  std::string text;      // UTF-8 without a byte order mark
  std::string encoding;  // "UTF-8", "UTF-16" or "GB18030"
};

// A whole file's text: by its byte order mark, else UTF-8 where that is valid, else GB18030. Empty when it is none.
std::optional<DecodedText> decode_text(std::string_view bytes);

}  // namespace plotwatch::io
