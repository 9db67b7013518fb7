// Cases of a ledger as a workbook that is taken into the field, filled in and read back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "report/exports.hpp"

namespace plotwatch::report {

struct CaseLine {
  Case record;
  std::int64_t sequence = 0;          // of the case's last event: tells later whether somebody said something meanwhile
  std::vector<std::uint8_t> picture;  // PNG; empty: none
};

// One row a case. Judgement, reason and remarks are for filling in; the judgement is chosen from a list and stands as
// it is in the ledger. The same lines give the same bytes. Throws Error(output).
std::string case_workbook(const std::vector<CaseLine>& lines);

// The outlines, as the KML of a scan has them. `crs`: of their geometry.
std::string case_kml(const std::vector<CaseLine>& lines, const Crs& crs);

// A row that was filled in. What cannot be read stays empty; `written` is what stands there.
struct FilledLine {
  int row = 0;  // of the sheet, from 2
  std::string case_id;
  std::optional<std::int64_t> sequence;
  std::optional<Judgement> judgement;  // Judgement::none for "not reviewed" or an empty cell
  std::string written, reason, remarks;
};

// Throws Error(input) for what is no such workbook: no XLSX, without the sheet or its columns, unpacked above 256 MiB.
std::vector<FilledLine> read_case_workbook(std::string_view bytes);

struct Packed {
  std::string name, bytes;
};
std::string pack(const std::vector<Packed>& files);  // as a ZIP

}  // namespace plotwatch::report
