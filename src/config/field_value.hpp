// The value of one field, apart from TOML and from the struct that it is kept in.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "core/date.hpp"

namespace plotwatch::config {

using TextMap = std::map<std::string, std::string>;
using FieldValue = std::variant<std::string, bool, std::int64_t, double, Date, TextMap>;

// In the order of FieldValue's alternatives. A path is text that is relative to the file it is written in.
enum class FieldType { text, boolean, integer, number, date, text_map, path };

std::string_view name(FieldType type);          // "text", "true or false", "whole number", …
std::string_view with_article(FieldType type);  // "a whole number", as messages say it

// As TOML reads it back to the same value; a text map as an inline table.
std::string to_toml(const FieldValue& value);
std::string toml_key(const std::string& key);      // quoted only where it must be
std::string toml_string(const std::string& text);  // quoted, with escapes

}  // namespace plotwatch::config
