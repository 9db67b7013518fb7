// Inspection sheets: one A4 page a candidate, for the printer or a PDF. Chinese first, English beside it.
#include <algorithm>
#include <cmath>
#include <map>

#include "io/crs.hpp"
#include "report/assets.hpp"
#include "report/base64.hpp"
#include "report/checklist.hpp"
#include "report/export_columns.hpp"
#include "report/html.hpp"
#include "report/map_frame.hpp"
#include "report/number_format.hpp"
#include "report/scale_bar.hpp"
#include "report/seen_text.hpp"
#include "report/simplify_ring.hpp"
#include "report/status_label.hpp"

namespace plotwatch::report {
namespace {

constexpr std::size_t listed_corners = 8;

// 116.338123 as 116°20′17.2″.
std::string degrees_minutes_seconds(double degrees) {
  const long tenths = std::lround(std::abs(degrees) * 36000);
  return fmt::format("{}{}°{:02}′{:02}.{}″", degrees < 0 ? "-" : "", tenths / 36000, tenths / 600 % 60,
                     tenths / 10 % 60, tenths % 10);
}

Html two(std::string_view zh, std::string_view en) { return html("{} <small>{}</small>", zh, en); }

Html fact_row(Html l1, Html v1, Html l2, Html v2) {
  return html("<tr><th>{}</th><td>{}</td><th>{}</th><td>{}</td></tr>\n", l1, v1, l2, v2);
}

Html plain(std::string_view text) { return text.empty() ? Html{"–"} : html("{}", text); }

class Sheets {
 public:
  explicit Sheets(const ExportData& data) : data_(data), grid_(data), to_survey_(data.crs, grid_.crs()) {
    for (const PlotResult& p : data.plots) {
      const MultiPolygon shape = to_survey_.apply(p.plot.geometry);
      shapes_.push_back({bounds(shape), shape});
      by_code_[p.plot.code] = shapes_.size() - 1;
    }
  }

  Html sheet(std::size_t i) const {
    const Candidate& c = data_.candidates[i];
    Html out = html("<section class=\"sheet\">\n");
    put_head(out, c);
    put_facts(out, c);
    put_pictures(out, c, i);
    put_places(out, c);
    put_checks(out, c);
    put(out,
        "<div class=\"findings\"><b>{}</b></div>\n<div>{} {}</div>\n<div class=\"sign\"><span>{}</span><span>{}</span>"
        "<span>{}</span></div>\n<footer>{} {}</footer>\n</section>\n",
        two("现场情况", "findings on site"), two("核查结论", "verdict"), verdict_boxes(), two("核查人", "checked by"),
        two("单位", "unit"), two("日期", "date"), suspected_zh, suspected_en);
    return out;
  }

 private:
  struct Shape {
    Box box;
    MultiPolygon geometry;
  };

  static Html verdict_boxes() {
    Html out;
    for (const std::string& word : verdict_words())
      if (word != verdict_words().front()) put(out, "<span class=\"box\">{}</span>&emsp;", word);
    return out;
  }

  static void put_head(Html& out, const Candidate& c) {
    put(out,
        "<header><h1>疑似变化现场核查表 <small>Inspection sheet, suspected change</small></h1><span class=\"number\">"
        "<span class=\"badge {0}\">{0}</span> No. {1}</span></header>\n<p class=\"reason\">{2}<small>{3}</small></p>\n",
        name(c.verdict.severity), c.rank, c.verdict.reason_zh, c.verdict.reason);
  }

  static void put_facts(Html& out, const Candidate& c) {
    const StatusLabel status = status_label(c.plot_status);
    const Verdict& v = c.verdict;
    Html basis = plain(v.basis);
    if (!v.basis.empty() && !v.verified)
      put(basis, " <span class=\"unverified\">{}</span>", "[未经核实，不得引用 not verified, do not quote]");
    put(out, "<table>\n");
    put(out, "{}",
        fact_row(
            two("地块", "plot"),
            c.plot_code.empty() ? two("登记地块之外", "outside all plots") : html("{} {}", c.plot_code, c.plot_name),
            two("状态", "status"), c.plot_status.empty() ? plain("") : two(status.zh, status.en)));
    put(out, "{}",
        fact_row(two("疑似变化", "suspected change"), two(seen_zh(c), seen_en(c)), two("面积", "area"),
                 html("{} m²（{} 亩）", grouped(c.area_m2), fixed(c.area_m2 * 15 / 10000, 2))));
    put(out, "{}",
        fact_row(two("影像", "images"), html("{} → {}", iso(c.first_date), iso(c.last_date)),
                 two("核查期限", "visit by"), plain(v.deadline ? v.deadline->iso() : "")));
    put(out, "{}",
        fact_row(two("责任单位", "unit"), plain(v.unit.empty() ? c.plot_unit : v.unit), two("置信度", "confidence"),
                 html("{}", fixed(c.confidence, 2))));
    if (const std::string seen = evidence_text(c); !seen.empty())
      put(out, "<tr><th>{}</th><td colspan=\"3\">{}</td></tr>\n", two("前后指数", "indices"), seen);
    put(out, "<tr><th>{}</th><td colspan=\"3\">{}</td></tr>\n", two("依据", "basis"), basis);
    if (!v.permit.empty())
      put(out, "<tr><th>{}</th><td colspan=\"3\">{}</td></tr>\n", two("许可或方案", "permit or plan"), v.permit);
    put(out, "</table>\n");
  }

  void put_pictures(Html& out, const Candidate& c, std::size_t i) const {
    put(out, "<div class=\"pictures\">\n");
    if (i < data_.chips.size() && !data_.chips[i].empty())
      put(out, "<figure><img alt=\"\" src=\"data:image/png;base64,{}\"><figcaption>{}</figcaption></figure>\n",
          Html{base64(data_.chips[i])},
          two("左：前时相，右：后时相，线框为疑似变化范围", "left before, right after; outline: suspected change"));
    else
      put(out, "<figure><figcaption>{}</figcaption></figure>\n", two("无影像截图", "no picture was drawn"));
    put(out, "<figure>{}<figcaption>{}</figcaption></figure>\n</div>\n", map(c),
        two("位置：蓝框地块，红色疑似变化，上北", "blue: plot, red: suspected change, north up"));
  }

  Html map(const Candidate& c) const {
    const MultiPolygon change = to_survey_.apply(c.geometry);
    Box ground = bounds(change);
    const auto own = by_code_.find(c.plot_code);
    if (own != by_code_.end()) {
      const Box plot = shapes_[own->second].box;
      ground.include({plot.min_x, plot.min_y});
      ground.include({plot.max_x, plot.max_y});
    }
    ground = ground.expanded(0.25 * std::max({ground.width(), ground.height(), 40.0}));
    const MapFrame frame(ground);
    Html out = html("<svg viewBox=\"0 0 {:.1f} {:.1f}\">\n", frame.width(), frame.height());
    for (std::size_t s = 0; s < shapes_.size(); ++s)
      if (shapes_[s].box.intersects(ground))
        put(out, "<path class=\"{}\" d=\"{}\"/>\n", own != by_code_.end() && own->second == s ? "plot" : "others",
            frame.path(shapes_[s].geometry));
    put(out, "<path class=\"outline\" d=\"{}\"/>\n", frame.path(change));
    const double metres_a_unit = std::max(ground.width(), ground.height()) / MapFrame::side;
    const ScaleBar bar = scale_bar(metres_a_unit, frame.width() / 3);
    put(out,
        "<path class=\"scale\" d=\"M20,{0:.1f}v10H{1:.1f}v-10\"/><text class=\"label\" x=\"{1:.1f}\" y=\"{2:.1f}\" "
        "dx=\"10\">{3}</text>\n</svg>",
        frame.height() - 34, 20 + bar.pixels, frame.height() - 22, bar.label);
    return out;
  }

  void put_places(Html& out, const Candidate& c) const {
    const Point at = grid_.place(c.representative), degrees = c.representative_lonlat;
    put(out,
        "<div><h2>{}</h2>\n<table><tr><th></th><th class=\"num\">X {}</th><th class=\"num\">Y {}</th><th "
        "class=\"num\">{}</th>"
        "<th class=\"num\">{}</th></tr>\n",
        two(fmt::format("坐标（CGCS2000，3度带第{}带）", grid_.zone()), "coordinates; Y with the zone in front"),
        two("北", "north"), two("东", "east"), two("经度", "lon"), two("纬度", "lat"));
    put(out,
        "<tr><th>{}</th><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}<br>{}</td><td "
        "class=\"num\">{}<br>{}</td></tr>\n",
        two("图内点", "point on it"), fixed(at.y, 1), fixed(at.x, 1), fixed(degrees.x, 6),
        degrees_minutes_seconds(degrees.x), fixed(degrees.y, 6), degrees_minutes_seconds(degrees.y));
    const Ring corners = corners_of(c);
    const io::CoordinateTransform& back = to_lonlat();
    for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
      const Point d = back.apply(corners[i]);
      put(out,
          "<tr><th>{} {}</th><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td "
          "class=\"num\">{}</td></tr>\n",
          "拐点", i + 1, fixed(corners[i].y, 1), fixed(corners[i].x, 1), fixed(d.x, 6), fixed(d.y, 6));
    }
    put(out, "</table><small>{}</small></div>\n",
        both("拐点为最大图斑外廓的简化，供现场找位，不作界址。",
             "Corners: the largest part's outline, simplified, to find the place; no boundary points."));
  }

  const io::CoordinateTransform& to_lonlat() const {
    if (!lonlat_) lonlat_.emplace(grid_.crs(), io::lonlat_crs());
    return *lonlat_;
  }

  Ring corners_of(const Candidate& c) const {
    const MultiPolygon shape = to_survey_.apply(c.geometry);
    if (shape.empty()) return {};
    const auto largest = std::max_element(shape.begin(), shape.end(), [](const Polygon& a, const Polygon& b) {
      return std::abs(signed_area(a.outer)) < std::abs(signed_area(b.outer));
    });
    return simplified(largest->outer, listed_corners);
  }

  static void put_checks(Html& out, const Candidate& c) {
    put(out, "<div><h2>{}</h2><ul>\n", two("核查要点", "what to check"));
    for (const CheckItem& item : checklist(c))
      put(out, "<li class=\"box\">{} <small style=\"display:inline\">{}</small></li>\n", item.zh, item.en);
    put(out, "</ul></div>\n");
  }

  const ExportData& data_;
  SurveyGrid grid_;
  io::CoordinateTransform to_survey_;
  mutable std::optional<io::CoordinateTransform> lonlat_;
  std::vector<Shape> shapes_;
  std::map<std::string, std::size_t> by_code_;
};

}  // namespace

std::string sheets_html(const ExportData& data) {
  Html out = html(
      "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>疑似变化现场核查表 Inspection "
      "sheets</title>\n<style>{}</style>"
      "</head><body>\n",
      Html{assets::sheets_css});
  const Sheets sheets(data);
  for (std::size_t i = 0; i < data.candidates.size(); ++i) put(out, "{}", sheets.sheet(i));
  if (data.candidates.empty())
    put(out, "<section class=\"sheet\"><p class=\"empty\">{}</p></section>\n",
        both("本期没有需要现场核查的疑似变化。未能观测的地块不在此列。",
             "No suspected change to check. This says nothing about plots that could not be observed."));
  put(out, "</body></html>\n");
  return out.text;
}

}  // namespace plotwatch::report
