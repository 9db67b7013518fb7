#include <optional>

#include "io/crs.hpp"
#include "report/base64.hpp"
#include "report/number_format.hpp"
#include "report/png_size.hpp"
#include "report/sections.hpp"
#include "report/seen_text.hpp"

namespace plotwatch::report {
namespace {

void fact(Html& out, Html term, Html value) { put(out, "<dt>{}</dt><dd>{}</dd>\n", term, value); }

Html basis_words(const Verdict& verdict) {
  if (verdict.basis.empty()) return both("规则未给出", "the rule gives none");
  if (verdict.verified) return html("{}", verdict.basis);
  return html("{} <span class=\"unverified\">{}</span>", verdict.basis, both("未经核实", "not verified"));
}

// How map coordinates are written; worked out once, because matching a definition to a code is slow.
struct MapNotation {
  std::string crs;
  int decimals = 1;
};

MapNotation notation_of(const Grid& grid) {
  const std::optional<int> code = io::epsg_code(grid.crs);
  return {code ? fmt::format("EPSG:{}", *code) : io::crs_name(grid.crs), io::is_geographic(grid.crs) ? 6 : 1};
}

Html place(const Candidate& c, const MapNotation& map) {
  return html(
      "<span class=\"num\">{}, {}</span> <small>{}</small><br><span class=\"num\">{}, {}</span> <small>{}</small>",
      fixed(c.representative_lonlat.x, 6), fixed(c.representative_lonlat.y, 6), both("经度, 纬度 °", "lon, lat °"),
      fixed(c.representative.x, map.decimals), fixed(c.representative.y, map.decimals), map.crs);
}

// One half of a chip, `x` picture pixels from its left edge. The second half shows the picture of the first again, so
// its bytes are in the page once.
void put_half(Html& out, Html label, double x, const PngSize& size, Html picture) {
  put(out, "<svg role=\"img\" aria-label=\"{}\" viewBox=\"{} 0 {} {}\">{}</svg>\n", label, x, size.width / 2.0,
      size.height, picture);
}

void put_picture(Html& out, const Candidate& c, const std::vector<std::uint8_t>& png) {
  const PngSize size = png_size(png);
  const std::string plot = c.plot_code.empty() ? "–" : c.plot_code;
  put(out, "<figure class=\"chip\" style=\"max-width:{}px\">\n", size.width);
  put_half(out,
           html("{0} 前时相 {1}，黄线为疑似变化范围 · {0} before, {1}, suspected change outlined in yellow", plot,
                iso(c.first_date)),
           0, size,
           html("<image id=\"p{}\" width=\"{}\" height=\"{}\" href=\"data:image/png;base64,{}\"/>", c.rank, size.width,
                size.height, Html{base64(png)}));
  put_half(out,
           html("{0} 后时相 {1}，黄线为疑似变化范围 · {0} after, {1}, suspected change outlined in yellow", plot,
                iso(c.last_date)),
           size.width / 2.0, size, html("<use href=\"#p{}\"/>", c.rank));
  put(out, "</figure>\n");
}

void put_facts(Html& out, const Candidate& c, const MapNotation& map) {
  put(out, "<dl>\n");
  fact(out, both("地块状态", "plot status"), status_words(c.plot_status));
  const std::string& unit = c.verdict.unit.empty() ? c.plot_unit : c.verdict.unit;
  fact(out, both("责任单位", "unit"), unit.empty() ? html("–") : html("{}", unit));
  if (c.verdict.deadline)
    fact(out, both("核查期限", "visit by"), html("<span class=\"num\">{}</span>", iso(c.verdict.deadline)));
  if (!c.verdict.permit.empty()) fact(out, both("许可或方案", "permit or plan"), html("{}", c.verdict.permit));
  fact(out, both("时间", "between"), html("<span class=\"num\">{} → {}</span>", iso(c.first_date), iso(c.last_date)));
  fact(
      out, both("面积", "area"),
      html("<span class=\"num\">{} m²</span>{}", grouped(c.area_m2),
           c.plot_code.empty() ? Html{}
                               : html(" <small>{} {}</small>", both("占地块", "of the plot:"), percent(c.plot_share))));
  fact(out, both("形状", "shape"),
       html("<span class=\"num\">{} / {}</span> <small>{}{}</small>", fixed(c.outline.compactness, 2),
            fixed(c.outline.elongation, 1), both("紧凑度 / 长宽比", "compactness / length to width"),
            c.outline.boundary_m
                ? html("; {} m {}", fixed(*c.outline.boundary_m, 0), both("距界址线", "from the boundary"))
                : Html{}));
  fact(out, both("类型占比", "share of it"), html("<span class=\"num\">{}</span>", percent(c.transition_share)));
  fact(out, both("置信度", "confidence"), html("<span class=\"num\">{}</span>", fixed(c.confidence, 2)));
  fact(out, both("得分 均值 / 峰值", "score, mean / peak"),
       html("<span class=\"num\">{} / {}</span>", fixed(c.mean_score, 2), fixed(c.peak_score, 2)));
  fact(
      out, both("配准残差", "misregistration"),
      html("<span class=\"num\">{} px</span> {}", fixed(c.registration_residual_px, 2),
           c.registration_applied ? Html{} : html("<small>{}</small>", both("未作配准改正", "no correction applied"))));
  fact(out, both("位置", "place"), place(c, map));
  fact(out, both("规则", "rule"), html("<span class=\"code\">{}</span>", c.verdict.rule_id));
  fact(out, both("依据", "basis"), basis_words(c.verdict));
  fact(out, both("影像", "scenes"),
       html("<span class=\"code\">{}</span> → <span class=\"code\">{}</span>", c.before_scene, c.after_scene));
  fact(out, both("编号", "candidate"), html("<span class=\"code\">{}</span>", c.id));
  put(out, "</dl>\n");
}

Html number_or_dash(const std::optional<double>& value) { return html("{}", value ? fixed(*value, 2) : "–"); }

// The numbers that the words rest on, for both dates.
void put_evidence(Html& out, const Candidate& c) {
  if (c.before.bands.empty()) return;  // of a scan that did not keep them
  put(out,
      "<table class=\"evidence\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"num\">{}</th>"
      "<th scope=\"col\" class=\"num\">{}</th></tr></thead><tbody>\n",
      both("范围内中值", "median inside"), iso(c.first_date), iso(c.last_date));
  for (const GroundIndex index : all_ground_indices()) {
    const std::optional<double> before = c.before.of(index), after = c.after.of(index);
    if (!before && !after) continue;
    put(out, "<tr><th scope=\"row\">{}</th><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>\n",
        both(index_zh(index), name(index)), number_or_dash(before), number_or_dash(after));
  }
  for (const Cover cover : {Cover::vegetation, Cover::bare, Cover::built, Cover::water})
    if (c.before.share(cover) >= 0.005 || c.after.share(cover) >= 0.005)
      put(out, "<tr><th scope=\"row\">{}</th><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>\n",
          both(name_zh(cover), name(cover)), percent(c.before.share(cover)), percent(c.after.share(cover)));
  put(out, "</tbody></table>\n");
}

void put_card(Html& out, const Candidate& c, const std::vector<std::uint8_t>& png, const MapNotation& map) {
  const Html where = c.plot_code.empty() ? both("登记地块之外", "outside all plots")
                                         : html("{} <span class=\"code\">{}</span>", c.plot_name, c.plot_code);
  put(out,
      "<article class=\"card\" id=\"c{0}\" data-severity=\"{1}\">\n<h3>{2} <span class=\"num\">{0}</span> {3}</h3>\n",
      c.rank, name(c.verdict.severity), severity_badge(c.verdict.severity), where);
  put(out, "<p class=\"what\"><em>{}</em> {}</p>\n", both("疑似", "suspected"), seen_words(c));
  put_picture(out, c, png);
  put(out, "<p class=\"reason\">{}</p>\n", both(c.verdict.reason_zh, c.verdict.reason));
  put_facts(out, c, map);
  put_evidence(out, c);
  put(out, "</article>\n");
}

}  // namespace

Html candidate_section(const ScanResult& scan, const Chips& chips) {
  Html out = html("<section id=\"cards\">\n{}", heading("candidates", "逐处详情", "Each candidate"));
  const MapNotation map = notation_of(scan.grid);
  bool any = false;
  for (std::size_t i = 0; i < scan.candidates.size() && i < chips.size(); ++i) {
    if (chips[i].empty()) continue;
    any = true;
    put_card(out, scan.candidates[i], chips[i], map);
  }
  put(out, "</section>\n");
  return any ? out : Html{};
}

}  // namespace plotwatch::report
