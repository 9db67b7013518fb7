#include <algorithm>
#include <vector>

#include "report/number_format.hpp"
#include "report/sections.hpp"

namespace plotwatch::report {
namespace {

using Cause = PlotObservation::Cause;

constexpr double mostly_clear = 0.5;  // below it a plot counts as seen in part

// When a plot was last clear, where this or an earlier scan knows it and it is not today.
Html last_seen(const PlotObservation& o) {
  if (!o.last_clear || !o.days_since_clear || *o.days_since_clear == 0) return {};
  return html(" <small>{}</small>",
              both(fmt::format("最近清晰：{}（{} 天前）", o.last_clear->iso(), *o.days_since_clear),
                   fmt::format("last clear {}, {} days before", o.last_clear->iso(), *o.days_since_clear)));
}

void put_codes(Html& out, const std::vector<const PlotResult*>& plots) {
  put(out, "<ul class=\"codes\">");
  for (const PlotResult* p : plots)
    put(out, "<li><span class=\"code\">{}</span> {}{}</li>", p->plot.code, p->plot.name, last_seen(p->observation));
  put(out, "</ul>\n");
}

template <class Condition>
std::vector<const PlotResult*> plots_where(const ScanResult& scan, Condition condition) {
  std::vector<const PlotResult*> found;
  for (const PlotResult& p : scan.plots)
    if (condition(p.observation)) found.push_back(&p);
  return found;
}

void put_unseen(Html& out, const ScanResult& scan) {
  for (const Cause cause : {Cause::registration, Cause::cloud, Cause::cloud_shadow, Cause::nodata, Cause::outside_scene,
                            Cause::too_small, Cause::none}) {
    const auto plots = plots_where(scan, [&](const PlotObservation& o) { return !o.observable && o.cause == cause; });
    if (plots.empty()) continue;
    const bool known = cause != Cause::none;
    put(out, "<h3>{} <span class=\"num\">{}</span></h3>\n",
        both(known ? name_zh(cause) : "原因不明", known ? name(cause) : "cause unknown"), plots.size());
    put_codes(out, plots);
  }
  const auto partly =
      plots_where(scan, [](const PlotObservation& o) { return o.observable && o.clear_share < mostly_clear; });
  if (partly.empty()) return;
  put(out, "<h3>{} <span class=\"num\">{}</span></h3>\n",
      both("可用像元不足一半，可能漏检", "seen by less than half: change may have been missed"), partly.size());
  put_codes(out, partly);
}

void put_findings(Html& out, const std::vector<PlotFinding>& findings) {
  if (findings.empty()) return;
  put(out, "<h3>{} <span class=\"num\">{}</span></h3>\n", both("地块登记表的问题", "Findings in the register of plots"),
      findings.size());
  put(out,
      "<table class=\"findings\"><thead><tr><th scope=\"col\" class=\"num\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>\n",
      both("行", "row"), both("地块", "plot"), both("级别", "level"), both("问题", "finding"));
  for (const PlotFinding& f : findings)
    put(out, "<tr><td class=\"num\">{}</td><td class=\"code\">{}</td><td>{}</td><td>{}</td></tr>\n", f.row,
        f.code.empty() ? "–" : f.code,
        f.severity == PlotFinding::Severity::warning ? both("警告", "warning") : both("提示", "note"), f.problem);
  put(out, "</tbody></table>\n");
}

void put_scene_notes(Html& out, const ScanResult& scan) {
  if (scan.before.notes.empty() && scan.after.notes.empty()) return;
  put(out, "<h3>{}</h3>\n<ul>\n", both("影像的假定", "What had to be assumed of the scenes"));
  for (const Scene* scene : {&scan.before, &scan.after})
    for (const std::string& note : scene->notes)
      put(out, "<li><span class=\"code\">{}</span> {}</li>\n", scene->id, note);
  put(out, "</ul>\n");
}

}  // namespace

Html limits_section(const ScanResult& scan) {
  Html out = html("<section id=\"limits-section\">\n{}",
                  heading("limits", "未能观测与局限", "What could not be seen, and other limits"));
  const bool all_seen = std::ranges::all_of(scan.plots, [](const PlotResult& p) { return p.observation.observable; });
  if (scan.plots.empty())
    put(out, "<p>{}</p>\n", both("未提供地块登记表。", "No register of plots was given."));
  else if (all_seen)
    put(out, "<p>{}</p>\n", both("所有登记地块均已观测。", "Every registered plot was observed."));
  else
    put(out, "<p>{}</p>\n",
        both("未能观测不等于没有变化。下列地块须待下一景影像或现场核查。",
             "Not observable is not the same as no change. These plots wait for the next scene or for a visit."));
  put_unseen(out, scan);
  put_findings(out, scan.findings);
  put_scene_notes(out, scan);
  put(out, "</section>\n");
  return out;
}

}  // namespace plotwatch::report
