#include "io/text_encoding.hpp"

#include <array>
#include <cerrno>
#include <cstdint>

#include <iconv.h>

#include "core/error.hpp"

namespace plotwatch::io {
namespace {

struct Sequence {
  std::size_t length = 0;  // 0: not UTF-8
  bool complete = true;    // false: the text ends within the character
};

// The character that starts at `at`; RFC 3629, section 4.
Sequence utf8_sequence(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (std::size_t i = 1; i < length; ++i) {
    if (at + i >= text.size()) return {i, false};
    unsigned char low = 0x80, high = 0xBF;
    if (i == 1 && lead == 0xE0) low = 0xA0;
    if (i == 1 && lead == 0xED) high = 0x9F;
    if (i == 1 && lead == 0xF0) low = 0x90;
    if (i == 1 && lead == 0xF4) high = 0x8F;
    if (byte(at + i) < low || byte(at + i) > high) return {};
  }
  return {length, true};
}

class Converter {
 public:
  explicit Converter(const char* to = "UTF-8", const char* from = "GB18030") : handle_(iconv_open(to, from)) {
    if (reinterpret_cast<std::intptr_t>(handle_) == -1)
      throw Error(ExitCode::internal, std::string("this system cannot convert ") + from + " text to " + to, "iconv",
                  "Install the C library's locales.");
  }
  ~Converter() { iconv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  iconv_t get() const { return handle_; }

 private:
  iconv_t handle_;
};

// Empty when some bytes are not of the encoding that is converted from; a character cut off by the end is dropped.
std::optional<std::string> convert(const Converter& converter, std::string_view text) {
  std::string input(text), output;
  char* in = input.data();
  std::size_t left = input.size();
  std::array<char, 512> piece{};
  while (left > 0) {
    char* out = piece.data();
    std::size_t room = piece.size();
    const std::size_t status = iconv(converter.get(), &in, &left, &out, &room);
    output.append(piece.data(), piece.size() - room);
    if (status != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    if (errno == EINVAL) break;
    return std::nullopt;
  }
  return output;
}

std::string only_utf8(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size();) {
    const Sequence s = utf8_sequence(text, at);
    const bool whole = s.length > 0 && s.complete;
    if (whole)
      clean += text.substr(at, s.length);
    else
      clean += '?';
    at += whole ? s.length : 1;
  }
  return clean;
}

}  // namespace

bool is_utf8(std::string_view text, bool cut_end) {
  for (std::size_t at = 0; at < text.size();) {
    const Sequence s = utf8_sequence(text, at);
    if (s.length == 0) return false;
    if (!s.complete) return cut_end;
    at += s.length;
  }
  return true;
}

std::string_view without_cut_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Sequence s = utf8_sequence(text, at);
    if (s.length == 0) return text;
    if (!s.complete) return text.substr(0, at);
    at += s.length;
  }
  return text;
}

std::optional<std::string> utf8_from_gb18030(std::string_view text) { return convert(Converter(), text); }

std::string gb18030_from_utf8(std::string_view text) {
  // GB18030 has a code for every character of Unicode.
  return convert(Converter("GB18030", "UTF-8"), only_utf8(text)).value_or("");
}

std::optional<DecodedText> decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    const std::string_view text = bytes.substr(3);
    return is_utf8(text, true) ? std::optional(DecodedText{std::string(without_cut_utf8(text)), "UTF-8"})
                               : std::nullopt;
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    std::optional<std::string> text = convert(Converter("UTF-8", "UTF-16"), bytes);
    return text ? std::optional(DecodedText{std::move(*text), "UTF-16"}) : std::nullopt;
  }
  if (is_utf8(bytes)) return DecodedText{std::string(bytes), "UTF-8"};
  std::optional<std::string> text = utf8_from_gb18030(bytes);
  return text ? std::optional(DecodedText{std::move(*text), "GB18030"}) : std::nullopt;
}

}  // namespace plotwatch::io
