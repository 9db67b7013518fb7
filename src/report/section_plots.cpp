#include "report/number_format.hpp"
#include "report/sections.hpp"

namespace plotwatch::report {
namespace {

// The width of the bar repeats the figure for the eye; the figure itself is text.
Html share_cell(std::string_view css_class, double share) {
  return html("<td class=\"num {}\"><span class=\"bar\" style=\"--share:{}\"></span>{}</td>", css_class,
              fixed(share, 3), percent(share));
}

void put_row(Html& out, const PlotResult& result) {
  const PlotObservation& seen = result.observation;
  put(out,
      "<tr{}><td class=\"p-plot\"><b>{}</b> <span class=\"code\">{}</span></td><td class=\"p-status\">{}</td><td "
      "class=\"p-unit\">{}</td>",
      Html{seen.observable ? "" : " class=\"unseen\""}, result.plot.name, result.plot.code,
      status_words(result.plot.status), result.plot.unit);
  if (seen.observable)
    put(out, "{}{}<td class=\"num p-count\">{}</td>", share_cell("p-clear", seen.clear_share),
        share_cell("p-changed", seen.changed_share), seen.candidates);
  else
    put(out, "<td class=\"p-cause\" colspan=\"3\"><b>{}</b> {}</td>", both("未能观测：", "not observable:"),
        both(name_zh(seen.cause), name(seen.cause)));
  put(out, "</tr>\n");
}

}  // namespace

Html plot_section(const ScanResult& scan) {
  if (scan.plots.empty()) return {};
  Html out = html(
      "<section id=\"plots-section\">\n{}<table class=\"plots\"><thead><tr><th scope=\"col\">{}</th><th "
      "scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\" class=\"num\">{}</th><th scope=\"col\" class=\"num\">{}</th>"
      "<th scope=\"col\" class=\"num\">{}</th></tr></thead><tbody>\n",
      heading("plots", "地块观测情况", "What was seen of every plot"), both("地块", "plot"), both("状态", "status"),
      both("责任单位", "unit"), both("可用像元", "clear pixels"), both("其中变化", "changed"),
      both("疑似变化", "candidates"));
  for (const PlotResult& plot : scan.plots) put_row(out, plot);
  put(out, "</tbody></table>\n</section>\n");
  return out;
}

}  // namespace plotwatch::report
