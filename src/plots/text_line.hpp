// Lines of hand-made text tables. Private to plots.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plotwatch::plots {

// Full-width letters, digits, commas and spaces (U+FF01 to U+FF5E, U+3000) as their ASCII twins.
std::string half_width(std::string_view text);

std::string_view trimmed(std::string_view text);  // without spaces and tabs around it

// At commas; where a line has none, at tabs, semicolons or runs of spaces. Parts are trimmed.
std::vector<std::string_view> split_fields(std::string_view line);

struct Number {
  double value = 0;
  std::string_view rest;  // what stands behind it, trimmed
};
std::optional<Number> leading_number(std::string_view text);     // finite
std::optional<double> whole_number_text(std::string_view text);  // the text is a number and nothing else

// "0.7655", "0.7655公顷", "7655平方米", "11.48亩" in m²; a bare number counts `bare_unit_m2` each.
std::optional<double> area_in_m2(std::string_view text, double bare_unit_m2);

}  // namespace plotwatch::plots
