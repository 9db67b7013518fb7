// A workbook as the people who go and look get it: frozen header, drop-downs, pictures in rows. Text is always text,
// never a formula. Private to report.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <xlsxwriter.h>

#include "io/temporary_file.hpp"
#include "io/vector.hpp"
#include "model/candidate.hpp"

namespace plotwatch::report {

inline constexpr double picture_height_px = 150, points_a_row = 118;  // a pixel is three quarters of a point

inline lxw_col_t column(std::size_t i) { return static_cast<lxw_col_t>(i); }
inline lxw_row_t row(std::size_t i) { return static_cast<lxw_row_t>(i); }

class Workbook {
 public:
  explicit Workbook(const char* title);  // throws Error(output)
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  lxw_worksheet* add(const char* name);
  void put(lxw_worksheet* sheet, lxw_row_t r, lxw_col_t c, const io::FieldValue& value, lxw_format* format);
  std::string finish();  // the file's bytes; nothing is added afterwards

  lxw_format* head() const { return head_; }
  lxw_format* cell() const { return cell_; }
  lxw_format* severity(Severity s) const { return severity_[static_cast<std::size_t>(s)]; }

 private:
  lxw_workbook* book_ = nullptr;
  io::TemporaryFile file_;  // this version of the library writes to files alone
  lxw_format *head_ = nullptr, *cell_ = nullptr;
  std::array<lxw_format*, 4> severity_{};
};

// Titles with widths in characters; the first row stays in sight.
void put_header(Workbook& book, lxw_worksheet* sheet, const std::vector<std::pair<std::string, double>>& columns);
// A choice of these words in column `at` of the rows after the header.
void add_choice(lxw_worksheet* sheet, std::size_t rows, std::size_t at, const std::vector<std::string>& words);
void add_picture(lxw_worksheet* sheet, std::size_t r, std::size_t c, const std::vector<std::uint8_t>& png);
double widest_picture(const std::vector<std::vector<std::uint8_t>>& pngs);  // px on the sheet; 0 without pictures

}  // namespace plotwatch::report
