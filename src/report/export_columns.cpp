#include "report/export_columns.hpp"

#include <fmt/format.h>

#include "report/number_format.hpp"
#include "report/seen_text.hpp"
#include "report/status_label.hpp"

namespace plotwatch::report {
namespace {

using io::FieldValue;

FieldValue text(std::string_view value) { return value.empty() ? FieldValue{} : FieldValue{std::string(value)}; }
FieldValue date(const std::optional<Date>& value) { return value ? FieldValue{value->iso()} : FieldValue{}; }
FieldValue real(double value, int decimals) { return FieldValue{rounded(value, decimals)}; }

constexpr double middle_of_zone_39 = 117;

double longitude_of(const ExportData& data) {
  return data.candidates.empty() ? middle_of_zone_39 : data.candidates.front().representative_lonlat.x;
}

}  // namespace

SurveyGrid::SurveyGrid(const ExportData& data)
    : zone_(io::gauss_kruger_zone_number(longitude_of(data))),
      crs_(io::gauss_kruger_zone(longitude_of(data))),
      transform_(data.crs.empty() ? crs_ : data.crs, crs_) {}

std::string marked_basis(const Verdict& v) {
  if (v.basis.empty() || v.verified) return v.basis;
  return v.basis + " [未经核实 not verified]";
}

const std::vector<std::string>& verdict_words() {
  static const std::vector<std::string> words{"未核查", "合法", "违法", "其他", "实地伪变化", "非新增"};
  return words;
}

std::vector<ExportColumn> export_columns(const SurveyGrid& grid) {
  using C = const Candidate&;
  return {
      {"序号", "rank", 6, [](C c) { return FieldValue{static_cast<long long>(c.rank)}; }},
      {"等级", "severity", 6, [](C c) { return text(name(c.verdict.severity)); }},
      {"地块代码", "plot code", 16, [](C c) { return text(c.plot_code); }},
      {"地块名称", "plot name", 22, [](C c) { return text(c.plot_name); }},
      {"地块状态", "plot status", 22, [](C c) { return text(status_label(c.plot_status).zh); }},
      {"责任单位", "responsible unit", 18,
       [](C c) { return text(c.verdict.unit.empty() ? c.plot_unit : c.verdict.unit); }},
      {"疑似变化", "suspected change", 24, [](C c) { return text(seen_zh(c)); }},
      {"面积(平方米)", "area m2", 11, [](C c) { return real(c.area_m2, 0); }},
      {"置信度", "confidence", 8, [](C c) { return real(c.confidence, 2); }},
      {"前时相", "before", 11, [](C c) { return date(c.first_date); }},
      {"后时相", "after", 11, [](C c) { return date(c.last_date); }},
      {"核查期限", "visit by", 11, [](C c) { return date(c.verdict.deadline); }},
      {"疑似理由", "reason", 44, [](C c) { return text(c.verdict.reason_zh); }},
      {"依据", "basis", 40, [](C c) { return text(marked_basis(c.verdict)); }},
      {"许可或方案", "permit or plan", 16, [](C c) { return text(c.verdict.permit); }},
      {"经度", "longitude", 12, [](C c) { return real(c.representative_lonlat.x, 6); }},
      {"纬度", "latitude", 12, [](C c) { return real(c.representative_lonlat.y, 6); }},
      {fmt::format("X(北){}带", grid.zone()), "northing, CGCS2000", 13,
       [&grid](C c) { return real(grid.place(c.representative).y, 1); }},
      {fmt::format("Y(东){}带", grid.zone()), "easting with zone, CGCS2000", 13,
       [&grid](C c) { return real(grid.place(c.representative).x, 1); }},
      {"线索编号", "candidate id", 30, [](C c) { return text(c.id); }},
      {"紧凑度", "compactness", 8, [](C c) { return real(c.outline.compactness, 2); }},
      {"长宽比", "length to width", 8, [](C c) { return real(c.outline.elongation, 1); }},
      {"在地块内占比", "share on the plot", 8, [](C c) { return real(c.outline.inside_share, 2); }},
      {"距界址线(米)", "to the boundary m", 9,
       [](C c) { return c.outline.boundary_m ? real(*c.outline.boundary_m, 0) : FieldValue{}; }},
      {"前后指数", "indices before and after", 40, [](C c) { return text(evidence_text(c)); }},
  };
}

}  // namespace plotwatch::report
