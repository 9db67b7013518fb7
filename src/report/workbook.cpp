#include "report/workbook.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "report/export_columns.hpp"
#include "report/png_size.hpp"
#include "report/severity_colour.hpp"

namespace plotwatch::report {
namespace {

// The library takes char* and writes through none of them.
char* c_text(const char* text) { return const_cast<char*>(text); }

Error failure(const std::string& why) {
  return Error(ExitCode::output, "a workbook cannot be made: " + why, "",
               "Check free space in the folder for temporary files (TMPDIR).");
}

}  // namespace

Workbook::Workbook(const char* title) {
  book_ = workbook_new(file_.path().c_str());
  if (!book_) throw failure("it cannot be begun");
  lxw_doc_properties properties{};
  properties.title = c_text(title);
  properties.comments = c_text(suspected_zh);
  properties.created = 315532800;  // 1980-01-01: the bytes must not depend on when it is written
  workbook_set_properties(book_, &properties);
  head_ = workbook_add_format(book_);
  format_set_bold(head_);
  format_set_text_wrap(head_);
  format_set_bg_color(head_, 0xE4E9EE);
  format_set_bottom(head_, LXW_BORDER_THIN);
  format_set_align(head_, LXW_ALIGN_VERTICAL_CENTER);
  cell_ = workbook_add_format(book_);
  format_set_text_wrap(cell_);
  format_set_align(cell_, LXW_ALIGN_VERTICAL_TOP);
  for (std::size_t s = 0; s < severity_.size(); ++s) {
    const Rgb c = severity_colour(Severity(s));
    severity_[s] = workbook_add_format(book_);
    format_set_bold(severity_[s]);
    format_set_align(severity_[s], LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(severity_[s], static_cast<lxw_color_t>((c.r << 16) | (c.g << 8) | c.b));
  }
}

Workbook::~Workbook() {
  if (book_) workbook_close(book_);
}

lxw_worksheet* Workbook::add(const char* name) { return workbook_add_worksheet(book_, name); }

void Workbook::put(lxw_worksheet* sheet, lxw_row_t r, lxw_col_t c, const io::FieldValue& value, lxw_format* format) {
  if (const auto* whole = std::get_if<long long>(&value))
    worksheet_write_number(sheet, r, c, static_cast<double>(*whole), format);
  else if (const auto* real = std::get_if<double>(&value))
    worksheet_write_number(sheet, r, c, *real, format);
  else if (const auto* text = std::get_if<std::string>(&value))
    worksheet_write_string(sheet, r, c, text->c_str(), format);  // a string, never a formula
  else
    worksheet_write_blank(sheet, r, c, format);
}

std::string Workbook::finish() {
  const lxw_error error = workbook_close(book_);
  book_ = nullptr;
  if (error != LXW_NO_ERROR) throw failure(lxw_strerror(error));
  return io::read_file(file_.path());
}

void put_header(Workbook& book, lxw_worksheet* sheet, const std::vector<std::pair<std::string, double>>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    worksheet_set_column(sheet, column(i), column(i), columns[i].second, nullptr);
    worksheet_write_string(sheet, 0, column(i), columns[i].first.c_str(), book.head());
  }
  worksheet_set_row(sheet, 0, 34, nullptr);
  worksheet_freeze_panes(sheet, 1, 0);
}

void add_choice(lxw_worksheet* sheet, std::size_t rows, std::size_t at, const std::vector<std::string>& words) {
  std::vector<char*> list_of_words;
  for (const std::string& word : words) list_of_words.push_back(c_text(word.c_str()));
  list_of_words.push_back(nullptr);
  lxw_data_validation list{};
  list.validate = LXW_VALIDATION_TYPE_LIST;
  list.value_list = list_of_words.data();
  list.input_title = c_text("核查结论");
  list.input_message = c_text("由现场核查人员选择");
  list.error_title = c_text("核查结论");
  list.error_message = c_text("请从列表中选择");
  worksheet_data_validation_range(sheet, 1, column(at), row(std::max<std::size_t>(rows, 1)), column(at), &list);
}

void add_picture(lxw_worksheet* sheet, std::size_t r, std::size_t c, const std::vector<std::uint8_t>& png) {
  const PngSize size = png_size(png);
  lxw_image_options options{};
  const double scale = picture_height_px / size.height;
  options.x_scale = options.y_scale = scale;
  options.x_offset = options.y_offset = 2;
  options.object_position = LXW_OBJECT_MOVE_AND_SIZE;
  options.description = c_text("前后两期影像，线框为疑似变化范围");
  worksheet_insert_image_buffer_opt(sheet, row(r), column(c), png.data(), png.size(), &options);
}

double widest_picture(const std::vector<std::vector<std::uint8_t>>& pngs) {
  double widest = 0;
  for (const auto& png : pngs)
    if (!png.empty()) {
      const PngSize size = png_size(png);
      widest = std::max(widest, picture_height_px * size.width / size.height);
    }
  return widest;
}

}  // namespace plotwatch::report
