// Tables as text that a spreadsheet opens without harm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/vector.hpp"

namespace plotwatch::io {

std::string text_of_value(const FieldValue& value);  // empty for null; numbers with the shortest text that reads back

// A cell of text that no spreadsheet runs as a formula: one that begins with = + - @, a tab or a line end gets an
// apostrophe in front (OWASP, "CSV Injection").
std::string without_formula(std::string_view text);

// RFC 4180 with CRLF, UTF-8 with a byte order mark (without it spreadsheets take Chinese for something else). Text is
// made harmless; numbers are numbers. Geometry is left out.
std::string csv_text(const OutputLayer& layer);
std::string csv_text(const std::vector<std::string>& header, const std::vector<std::vector<FieldValue>>& rows);

}  // namespace plotwatch::io
