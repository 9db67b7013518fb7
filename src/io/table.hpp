// Tables of text without geometry: CSV and XLSX.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/vector.hpp"

namespace plotwatch::io {

struct Table {
  std::string path, sheet;
  std::vector<std::string> fields;
  std::vector<std::vector<FieldValue>> rows;  // parallel to fields; row i stands in line i + 2 of the sheet
};

// The first row names the fields. CSV: comma, semicolon or tab; UTF-8, UTF-16 or GB18030; every cell is text, so that
// leading zeros of codes stay. XLSX: `sheet`, else the only one with rows.
// Throws Error(input): missing, unreadable, no rows, no such sheet, several sheets.
Table read_table(const std::string& path, const std::optional<std::string>& sheet = std::nullopt);

bool is_table_file(const std::string& path);  // by its ending: .csv, .xlsx

}  // namespace plotwatch::io
