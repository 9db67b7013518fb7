#include "config/field_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace plotwatch::config {
namespace {

struct Writer {
  std::string operator()(const std::string& text) const { return toml_string(text); }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(const Date& date) const { return date.iso(); }

  std::string operator()(double number) const {
    if (std::isnan(number)) return "nan";
    if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
    return fmt::format("{}", number);  // the shortest text that reads back to the same number
  }

  std::string operator()(const TextMap& map) const {
    std::string text;
    for (const auto& [key, value] : map)
      text += fmt::format("{}{} = {}", text.empty() ? " " : ", ", toml_key(key), toml_string(value));
    return "{" + text + (text.empty() ? "}" : " }");
  }
};

}  // namespace

std::string_view with_article(FieldType type) {
  constexpr std::array<std::string_view, 7> names{"text",   "true or false",   "a whole number", "a number",
                                                  "a date", "a table of text", "a path"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view name(FieldType type) {
  const std::string_view text = with_article(type);
  return text.substr(0, 2) == "a " ? text.substr(2) : text;
}

std::string to_toml(const FieldValue& value) { return std::visit(Writer{}, value); }

std::string toml_key(const std::string& key) {
  const auto bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !key.empty() && std::all_of(key.begin(), key.end(), bare) ? key : toml_string(key);
}

std::string toml_string(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + '"';
}

}  // namespace plotwatch::config
