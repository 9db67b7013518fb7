// The ranked list as a workbook: frozen header, a drop-down for the verdict, both dates as a picture in each row.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include <unistd.h>
#include <xlsxwriter.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/table_text.hpp"
#include "report/export_columns.hpp"
#include "report/number_format.hpp"
#include "report/png_size.hpp"
#include "report/severity_colour.hpp"
#include "report/status_label.hpp"

namespace plotwatch::report {
namespace {

constexpr double picture_height_px = 150, points_a_row = 118;  // a pixel is three quarters of a point

// The library takes char* and writes through none of them.
char* c_text(const char* text) { return const_cast<char*>(text); }

lxw_col_t column(std::size_t i) { return static_cast<lxw_col_t>(i); }
lxw_row_t row(std::size_t i) { return static_cast<lxw_row_t>(i); }

class Workbook {
 public:
  Workbook() {
    file_ = (std::filesystem::temp_directory_path() / "plotwatch-XXXXXX").string();
    const int handle = ::mkstemp(file_.data());
    if (handle < 0) throw failure("no temporary file at " + file_);
    ::close(handle);
    book_ = workbook_new(file_.c_str());
    if (!book_) throw failure("it cannot be begun");
    lxw_doc_properties properties{};
    properties.title = c_text("疑似变化核查清单");
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
  ~Workbook() {
    if (book_) workbook_close(book_);
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  lxw_worksheet* add(const char* name) { return workbook_add_worksheet(book_, name); }

  void put(lxw_worksheet* sheet, lxw_row_t r, lxw_col_t c, const io::FieldValue& value, lxw_format* format) {
    if (const auto* whole = std::get_if<long long>(&value))
      worksheet_write_number(sheet, r, c, static_cast<double>(*whole), format);
    else if (const auto* real = std::get_if<double>(&value))
      worksheet_write_number(sheet, r, c, *real, format);
    else if (const auto* text = std::get_if<std::string>(&value))
      worksheet_write_string(sheet, r, c, text->c_str(), format);  // a string, never a formula
    else
      worksheet_write_blank(sheet, r, c, format);
  }

  std::string finish() {
    const lxw_error error = workbook_close(book_);
    book_ = nullptr;
    if (error != LXW_NO_ERROR) throw failure(lxw_strerror(error));
    return io::read_file(file_);
  }

  lxw_format* head() const { return head_; }
  lxw_format* cell() const { return cell_; }
  lxw_format* severity(Severity s) const { return severity_[static_cast<std::size_t>(s)]; }

 private:
  static Error failure(const std::string& why) {
    return Error(ExitCode::output, "a workbook cannot be made: " + why, "",
                 "Check free space in the folder for temporary files (TMPDIR).");
  }
  lxw_workbook* book_ = nullptr;
  std::string file_;  // this version of the library writes to files alone
  lxw_format *head_ = nullptr, *cell_ = nullptr;
  std::array<lxw_format*, 4> severity_{};
};

void put_header(Workbook& book, lxw_worksheet* sheet, const std::vector<std::pair<std::string, double>>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    worksheet_set_column(sheet, column(i), column(i), columns[i].second, nullptr);
    worksheet_write_string(sheet, 0, column(i), columns[i].first.c_str(), book.head());
  }
  worksheet_set_row(sheet, 0, 34, nullptr);
  worksheet_freeze_panes(sheet, 1, 0);
}

void add_verdicts(lxw_worksheet* sheet, std::size_t rows, std::size_t at) {
  std::vector<char*> words;
  for (const std::string& word : verdict_words()) words.push_back(c_text(word.c_str()));
  words.push_back(nullptr);
  lxw_data_validation list{};
  list.validate = LXW_VALIDATION_TYPE_LIST;
  list.value_list = words.data();
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

double widest_picture(const ExportData& data) {
  double widest = 0;
  for (const auto& png : data.chips)
    if (!png.empty()) {
      const PngSize size = png_size(png);
      widest = std::max(widest, picture_height_px * size.width / size.height);
    }
  return widest;
}

void add_candidates(Workbook& book, const ExportData& data) {
  const SurveyGrid grid(data);
  const std::vector<ExportColumn> columns = export_columns(grid);
  constexpr double characters_a_pixel = 1 / 7.0;
  std::vector<std::pair<std::string, double>> head;
  // The picture stands before the long texts, beside what it is of.
  for (const ExportColumn& c : columns) head.emplace_back(c.zh + "\n" + c.en, c.width);
  const std::size_t picture = head.size(), verdict = picture + 1;
  head.emplace_back("前后影像\nbefore | after", std::max(12.0, widest_picture(data) * characters_a_pixel + 2));
  for (const auto& [title, width] : {std::pair{"核查结论\nverdict", 12.0},
                                     {"核查日期\nchecked on", 12.0},
                                     {"核查人\nby", 12.0},
                                     {"备注\nremarks", 30.0}})
    head.emplace_back(title, width);
  lxw_worksheet* sheet = book.add("核查清单");
  put_header(book, sheet, head);
  worksheet_freeze_panes(sheet, 1, 4);
  for (std::size_t i = 0; i < data.candidates.size(); ++i) {
    const Candidate& candidate = data.candidates[i];
    const std::size_t r = i + 1;
    for (std::size_t c = 0; c < columns.size(); ++c)
      book.put(sheet, row(r), column(c), columns[c].value(candidate),
               c == 1 ? book.severity(candidate.verdict.severity) : book.cell());
    const bool shown = i < data.chips.size() && !data.chips[i].empty();
    worksheet_set_row(sheet, row(r), shown ? points_a_row : 48, nullptr);
    if (shown) add_picture(sheet, r, picture, data.chips[i]);
    worksheet_write_string(sheet, row(r), column(verdict), verdict_words().front().c_str(), book.cell());
  }
  add_verdicts(sheet, data.candidates.size(), verdict);
  if (!data.candidates.empty()) worksheet_autofilter(sheet, 0, 0, row(data.candidates.size()), column(head.size() - 1));
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 8);  // A3
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
}

void add_plots(Workbook& book, const ExportData& data) {
  lxw_worksheet* sheet = book.add("地块观测");
  put_header(book, sheet,
             {{"地块代码\ncode", 16},
              {"地块名称\nname", 24},
              {"地块状态\nstatus", 24},
              {"能否观测\nobservable", 11},
              {"原因\ncause", 16},
              {"前期清晰\nclear before", 10},
              {"后期清晰\nclear after", 10},
              {"最近清晰日\nlast clear", 12},
              {"距今天数\ndays since", 10},
              {"线索数\ncandidates", 10},
              {"植被 前\nvegetation", 9},
              {"植被 后", 9},
              {"裸地 前\nbare", 9},
              {"裸地 后", 9},
              {"建筑硬化 前\nbuilt", 9},
              {"建筑硬化 后", 9},
              {"水面 前\nwater", 9},
              {"水面 后", 9}});
  for (std::size_t i = 0; i < data.plots.size(); ++i) {
    const Plot& p = data.plots[i].plot;
    const PlotObservation& o = data.plots[i].observation;
    std::vector<io::FieldValue> cells;
    const auto text = [&](std::string_view value) { cells.emplace_back(std::string(value)); };
    const auto number = [&](double value) { cells.emplace_back(value); };
    text(p.code), text(p.name), text(status_label(p.status).zh), text(o.observable ? "能" : "否"),
        text(name_zh(o.cause));
    number(rounded(o.before_clear_share, 2)), number(rounded(o.after_clear_share, 2));
    text(o.last_clear ? o.last_clear->iso() : "不详");
    o.days_since_clear ? number(*o.days_since_clear) : text("不详");
    number(o.candidates);
    for (const Cover c : {Cover::vegetation, Cover::bare, Cover::built, Cover::water})
      for (const auto* shares : {&o.before_cover, &o.after_cover})
        o.observable ? number(rounded((*shares)[static_cast<std::size_t>(c)], 2)) : text("–");
    for (std::size_t c = 0; c < cells.size(); ++c) book.put(sheet, row(i + 1), column(c), cells[c], book.cell());
  }
  if (!data.plots.empty()) worksheet_autofilter(sheet, 0, 0, row(data.plots.size()), 17);
}

void add_notes(Workbook& book) {
  lxw_worksheet* sheet = book.add("说明");
  worksheet_set_column(sheet, 0, 0, 110, nullptr);
  const std::vector<std::string> lines{
      suspected_zh,
      suspected_en,
      "“未能观测”不等于“没有变化”。 Not observable is not the same as no change.",
      "标有“未经核实”的依据尚无人对照法律原文确认，不得作为正式引用。 A basis marked not verified must not be quoted.",
      "等级：P0 立即核查，P1 尽快核查，P2 核对，P3 仅作记录。 P0 act now, P1 visit soon, P2 check, P3 record only.",
      "各类地表占比按前后两期均清晰的像元计算。 Shares of cover are of the pixels that are clear on both dates."};
  for (std::size_t i = 0; i < lines.size(); ++i)
    worksheet_write_string(sheet, row(i), 0, lines[i].c_str(), book.cell());
}

}  // namespace

std::string xlsx_bytes(const ExportData& data) {
  Workbook book;
  add_candidates(book, data);
  add_plots(book, data);
  add_notes(book);
  return book.finish();
}

}  // namespace plotwatch::report
