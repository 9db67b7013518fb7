#include "io/table_text.hpp"

#include <cmath>

#include <fmt/format.h>

namespace plotwatch::io {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    out += c;
    if (c == '"') out += c;
  }
  return out + "\"";
}

std::string cell(const FieldValue& value) {
  const bool is_text = std::holds_alternative<std::string>(value);
  return quoted(is_text ? without_formula(std::get<std::string>(value)) : text_of_value(value));
}

template <class Values, class Text>
void line(const Values& values, Text text, std::string& out) {
  bool first = true;
  for (const auto& value : values) {
    if (!first) out += ',';
    first = false;
    out += text(value);
  }
  out += "\r\n";
}

}  // namespace

std::string text_of_value(const FieldValue& value) {
  if (const auto* whole = std::get_if<long long>(&value)) return fmt::format("{}", *whole);
  if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real) ? fmt::format("{}", *real) : "";
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return {};
}

std::string without_formula(std::string_view text) {
  const bool risky = !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
  // Full-width twins are taken for the signs by some programs.
  const bool wide =
      text.starts_with("＝") || text.starts_with("＋") || text.starts_with("－") || text.starts_with("＠");
  std::string safe;
  if (risky || wide) safe += '\'';
  return safe.append(text);
}

std::string csv_text(const std::vector<std::string>& header, const std::vector<std::vector<FieldValue>>& rows) {
  std::string out = "\xEF\xBB\xBF";
  line(
      header, [](const std::string& name) { return quoted(without_formula(name)); }, out);
  for (const auto& row : rows) line(row, cell, out);
  return out;
}

std::string csv_text(const OutputLayer& layer) {
  std::vector<std::string> header;
  for (const OutputField& field : layer.fields) header.push_back(field.name);
  std::vector<std::vector<FieldValue>> rows;
  for (const Feature& feature : layer.features) rows.push_back(feature.values);
  return csv_text(header, rows);
}

}  // namespace plotwatch::io
