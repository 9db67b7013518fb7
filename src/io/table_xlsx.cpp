#include "io/table_xlsx.hpp"

#include <algorithm>
#include <memory>

#include <xlsxwriter.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/temporary_file.hpp"

namespace plotwatch::io {
namespace {

constexpr std::size_t longest_sheet_name = 31;  // of the format

Error failure(const std::string& why) {
  return Error(ExitCode::output, "a workbook cannot be made: " + why, "",
               "Check free space in the folder for temporary files (TMPDIR).");
}

lxw_col_t column(std::size_t i) { return static_cast<lxw_col_t>(i); }
lxw_row_t row(std::size_t i) { return static_cast<lxw_row_t>(i); }

void put(lxw_worksheet* sheet, std::size_t r, std::size_t c, const FieldValue& value) {
  if (const auto* whole = std::get_if<long long>(&value))
    worksheet_write_number(sheet, row(r), column(c), static_cast<double>(*whole), nullptr);
  else if (const auto* real = std::get_if<double>(&value))
    worksheet_write_number(sheet, row(r), column(c), *real, nullptr);
  else if (const auto* text = std::get_if<std::string>(&value))
    worksheet_write_string(sheet, row(r), column(c), text->c_str(), nullptr);  // never a formula
}

}  // namespace

std::string xlsx_bytes(const OutputLayer& layer) {
  const TemporaryFile file;  // this version of the library writes to files alone
  std::unique_ptr<lxw_workbook, void (*)(lxw_workbook*)> book(
      workbook_new(file.path().c_str()), [](lxw_workbook* abandoned) { workbook_close(abandoned); });
  if (!book) throw failure("it cannot be begun");
  lxw_doc_properties properties{};
  properties.created = 315532800;  // 1980-01-01: the bytes must not depend on when it is written
  workbook_set_properties(book.get(), &properties);
  lxw_format* head = workbook_add_format(book.get());
  format_set_bold(head);
  std::string name = layer.name.substr(0, longest_sheet_name);
  lxw_worksheet* sheet = workbook_add_worksheet(book.get(), name.c_str());
  if (!sheet) throw failure("no sheet can be named \"" + name + "\"");
  worksheet_freeze_panes(sheet, 1, 0);
  for (std::size_t c = 0; c < layer.fields.size(); ++c) {
    worksheet_set_column(sheet, column(c), column(c), 16, nullptr);
    worksheet_write_string(sheet, 0, column(c), layer.fields[c].name.c_str(), head);
  }
  layer.each_feature([&](const Feature& feature, std::size_t i) {
    for (std::size_t c = 0; c < layer.fields.size(); ++c) put(sheet, i + 1, c, feature.values[c]);
  });
  if (const lxw_error error = workbook_close(book.release()); error != LXW_NO_ERROR) throw failure(lxw_strerror(error));
  return read_file(file.path());
}

}  // namespace plotwatch::io
