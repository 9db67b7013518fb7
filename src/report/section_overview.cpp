#include <algorithm>
#include <array>

#include "io/crs.hpp"
#include "report/number_format.hpp"
#include "report/overview_map.hpp"
#include "report/sections.hpp"

namespace plotwatch::report {
namespace {

Html scene_row(std::string_view zh, std::string_view en, const Scene& scene) {
  Html row = html("<tr><th scope=\"row\">{}</th><td class=\"num\">{}</td><td>{}</td><td class=\"code\">{}</td></tr>\n",
                  both(zh, en), iso(scene.date),
                  scene.sensor.empty() ? both("未知", "unknown") : html("{}", scene.sensor), scene.id);
  return row;
}

Html scenes_table(const ScanResult& scan) {
  Html out = html(
      "<table class=\"scenes\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>\n",
      both("影像", "scene"), both("日期", "date"), both("传感器", "sensor"), both("标识", "identifier"));
  put(out, "{}{}</tbody></table>\n", scene_row("前时相", "before", scan.before),
      scene_row("后时相", "after", scan.after));
  return out;
}

Html tile(std::string_view kind, Html figure, std::string_view zh, std::string_view en) {
  return html("<li class=\"tile {}\"><b>{}</b>{}</li>\n", kind, figure, both(zh, en));
}

std::string count(std::int64_t n) { return grouped(static_cast<double>(n)); }

Html summary_tiles(const ScanResult& scan) {
  std::array<int, 4> by_severity{};
  for (const Candidate& c : scan.candidates) ++by_severity[static_cast<std::size_t>(c.verdict.severity)];
  const auto seen = std::ranges::count_if(scan.plots, [](const PlotResult& p) { return p.observation.observable; });
  const auto plots = std::ssize(scan.plots);

  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> meaning{
      {{"立即核查", "act now"}, {"优先核查", "check first"}, {"一般核查", "check"}, {"仅记录", "record only"}}};
  Html out = html("<ul class=\"tiles\">\n{}",
                  tile("total", html("{}", count(std::ssize(scan.candidates))), "处疑似变化", "suspected sites"));
  for (std::size_t s = 0; s < by_severity.size(); ++s) {
    const auto severity = name(Severity(s));
    put(out, "{}",
        tile(severity, html("{} <small>{}</small>", count(by_severity[s]), severity), meaning[s].first,
             meaning[s].second));
  }
  put(out, "{}",
      tile("seen", html("{} <small>/ {}</small>", count(seen), count(plots)), "地块已观测", "plots observed"));
  put(out, "{}</ul>\n",
      tile(seen < plots ? "unseen" : "seen", html("{}", count(plots - seen)), "地块未能观测", "plots not observable"));
  return out;
}

}  // namespace

Html overview_section(const ScanResult& scan) {
  Html out = html("<section id=\"overview\" aria-label=\"overview\">\n{}{}", summary_tiles(scan), scenes_table(scan));
  put(out, "{}", overview_map(scan));
  put(out, "<p class=\"fine\">{} {}", both("坐标系", "coordinate system:"), io::crs_name(scan.grid.crs));
  if (!scan.preset.empty())
    put(out, "; {} <span class=\"code\">{}</span>", both("传感器预设", "preset of the sensor:"), scan.preset);
  put(out, "</p>\n</section>\n");
  return out;
}

}  // namespace plotwatch::report
