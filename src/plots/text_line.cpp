#include "plots/text_line.hpp"

#include <charconv>
#include <cmath>

namespace plotwatch::plots {
namespace {

constexpr double hectare_m2 = 10000, mu_m2 = 10000.0 / 15;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\0'; }

}  // namespace

std::string half_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
    const bool three = i + 2 < text.size();
    if (three && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
      const int code = ((byte(0) & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out += static_cast<char>(code - 0xFEE0);
        i += 3;
        continue;
      }
    }
    if (three && text.substr(i, 3) == "\u3000") {
      out += ' ';
      i += 3;
      continue;
    }
    out += text[i++];
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_fields(std::string_view line) {
  std::string_view separators = ",";
  if (line.find(',') == std::string_view::npos) {
    separators = ";\t";
    if (line.find_first_of(separators) == std::string_view::npos) separators = " ";
  }
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find_first_of(separators, at), line.size());
    const std::string_view field = trimmed(line.substr(at, end - at));
    if (separators != " " || !field.empty()) fields.push_back(field);
    at = end + 1;
  }
  return fields;
}

std::optional<Number> leading_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc{} || !std::isfinite(number.value)) return std::nullopt;
  number.rest = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  return number;
}

std::optional<double> whole_number_text(std::string_view text) {
  const std::optional<Number> number = leading_number(text);
  return number && number->rest.empty() ? std::optional(number->value) : std::nullopt;
}

std::optional<double> area_in_m2(std::string_view text, double bare_unit_m2) {
  const std::optional<Number> number = leading_number(text);
  if (!number || number->value < 0) return std::nullopt;
  const std::string_view unit = number->rest;
  if (unit.empty()) return number->value * bare_unit_m2;
  if (unit == "公顷" || unit == "ha" || unit == "hm2" || unit == "hm²") return number->value * hectare_m2;
  if (unit == "亩") return number->value * mu_m2;
  if (unit == "平方米" || unit == "㎡" || unit == "m2" || unit == "m²") return number->value;
  return std::nullopt;
}

}  // namespace plotwatch::plots
