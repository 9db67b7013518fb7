#include <algorithm>

#include "report/number_format.hpp"
#include "report/sections.hpp"

namespace plotwatch::report {
namespace {

bool has_chip(const Chips& chips, std::size_t i) { return i < chips.size() && !chips[i].empty(); }

// Class names place the cells when a narrow screen turns rows into cards.
void put_row(Html& out, const Candidate& c, bool linked) {
  const Html rank = linked ? html("<a href=\"#c{0}\">{0}</a>", c.rank) : html("{}", c.rank);
  put(out, "<tr data-severity=\"{}\"><td class=\"num r-rank\">{}</td><td class=\"r-sev\">{}</td>",
      name(c.verdict.severity), rank, severity_badge(c.verdict.severity));
  if (c.plot_code.empty())
    put(out, "<td class=\"r-plot\">{}</td>", both("登记地块之外", "outside all plots"));
  else
    put(out, "<td class=\"r-plot\"><b>{}</b> <span class=\"code\">{}</span></td>", c.plot_name, c.plot_code);
  put(out, "<td class=\"r-status\">{}</td><td class=\"r-what\">{}</td>", status_words(c.plot_status), seen_words(c));
  put(out,
      "<td class=\"num r-area\">{} <i>m²</i></td><td class=\"num r-share\">{}</td><td class=\"num r-conf\">{}</td>",
      grouped(c.area_m2), c.plot_code.empty() ? "–" : percent(c.plot_share), fixed(c.confidence, 2));
  put(out, "<td class=\"num r-place\">{}, {}</td></tr>\n", fixed(c.representative_lonlat.x, 5),
      fixed(c.representative_lonlat.y, 5));
}

constexpr int columns = 9;

Html header() {
  return html(
      "<thead><tr><th scope=\"col\" class=\"num\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"num\">{}</th>"
      "<th scope=\"col\" class=\"num\">{}</th><th scope=\"col\" class=\"num\">{}</th>"
      "<th scope=\"col\" class=\"num\">{}</th></tr></thead>\n",
      both("序", "rank"), both("等级", "severity"), both("地块", "plot"), both("状态", "status"),
      both("疑似变化", "suspected change"), both("面积", "area"), both("占地块", "of plot"),
      both("置信度", "confidence"), both("经度, 纬度", "lon, lat °"));
}

}  // namespace

Html ranking_section(const ScanResult& scan, const Chips& chips, const ReportOptions& options) {
  Html out = html("<section id=\"ranking-section\">\n{}", heading("ranking", "核查清单", "Ranked list"));
  if (scan.registration.quality.failed) {
    put(out, "<p class=\"empty\">{}</p>\n</section>\n",
        both("两景影像未能配准，未作比较：不能说明有无变化。",
             "The scenes could not be registered and were not compared: this says nothing about change."));
    return out;
  }
  if (scan.candidates.empty()) {
    put(out, "<p class=\"empty\">{}</p>\n</section>\n",
        both("已观测的地块上未发现疑似变化。未能观测的地块不在此列。",
             "No suspected change on the plots that could be observed. This says nothing about plots that could not."));
    return out;
  }
  put(out,
      "<div class=\"filter\" id=\"filter\" hidden></div>\n<table class=\"ranking\" id=\"ranking-table\">\n{}<tbody>\n",
      header());
  bool without_chip = false;
  // A phone cannot show tens of thousands of rows, and nobody reads them.
  const auto rows = std::min(scan.candidates.size(),
                             static_cast<std::size_t>(std::max({options.max_rows, options.budget.value_or(0), 0})));
  for (std::size_t i = 0; i < rows; ++i) {
    if (options.budget && *options.budget > 0 && i == static_cast<std::size_t>(*options.budget))
      put(out, "<tr class=\"budget\"><td colspan=\"{}\">{}</td></tr>\n", columns,
          both(fmt::format("序号 1 至 {} 在本期核查名额之内", i),
               fmt::format("ranks 1 to {} are within this round's visits", i)));
    without_chip |= !has_chip(chips, i);
    put_row(out, scan.candidates[i], has_chip(chips, i));
  }
  put(out, "</tbody></table>\n");
  if (rows < scan.candidates.size())
    put(out, "<p class=\"fine\" id=\"further\">{}</p>\n",
        both(fmt::format("另有排序靠后的 {} 处未列出，见 candidates.gpkg。", scan.candidates.size() - rows),
             fmt::format("{} more, of lower rank, are in candidates.gpkg.", scan.candidates.size() - rows)));
  if (without_chip)
    put(out, "<p class=\"fine\">{}</p>\n",
        both("序号无链接者本页不附影像；全部属性见 candidates.gpkg。",
             "Candidates whose rank is no link have no picture on this page; candidates.gpkg has all attributes of "
             "all."));
  put(out, "</section>\n");
  return out;
}

}  // namespace plotwatch::report
