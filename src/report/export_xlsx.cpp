// The ranked list as a workbook: frozen header, a drop-down for the verdict, both dates as a picture in each row.
#include <algorithm>
#include <vector>

#include "report/export_columns.hpp"
#include "report/number_format.hpp"
#include "report/status_label.hpp"
#include "report/workbook.hpp"

namespace plotwatch::report {
namespace {

void add_candidates(Workbook& book, const ExportData& data) {
  const SurveyGrid grid(data);
  const std::vector<ExportColumn> columns = export_columns(grid);
  constexpr double characters_a_pixel = 1 / 7.0;
  std::vector<std::pair<std::string, double>> head;
  // The picture stands before the long texts, beside what it is of.
  for (const ExportColumn& c : columns) head.emplace_back(c.zh + "\n" + c.en, c.width);
  const std::size_t picture = head.size(), verdict = picture + 1;
  head.emplace_back("前后影像\nbefore | after", std::max(12.0, widest_picture(data.chips) * characters_a_pixel + 2));
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
  add_choice(sheet, data.candidates.size(), verdict, verdict_words());
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
  Workbook book("疑似变化核查清单");
  add_candidates(book, data);
  add_plots(book, data);
  add_notes(book);
  return book.finish();
}

}  // namespace plotwatch::report
