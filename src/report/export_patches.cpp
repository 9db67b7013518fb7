// The change-patch table (图斑) with the names of columns that patch systems read. What a satellite cannot know (land
// class, farmland, whether it fits the plan) stays empty, to be filled in by the county.
#include <map>

#include <fmt/format.h>

#include "io/shapefile.hpp"
#include "report/export_columns.hpp"
#include "report/number_format.hpp"
#include "report/seen_text.hpp"

namespace plotwatch::report {
namespace {

using io::FieldType;
using io::FieldValue;

FieldValue text(const std::string& value) { return value.empty() ? FieldValue{} : FieldValue{value}; }

// TBLX as the stage tells it. What became built along a line is a hard surface; which class of road it is, and heaped
// from levelled soil, need eyes.
std::string patch_type(const Candidate& c) {
  switch (c.stage) {
    case Stage::building: return "20";
    case Stage::road: return c.transition.after == Cover::built ? "YH" : "DT";
    case Stage::clearing:
    case Stage::earthwork:
    case Stage::filling:
    case Stage::cover_net: return "DT";
    case Stage::demolition: return "WL";
    case Stage::flooding:
    case Stage::regrowth:
    case Stage::crop: return "";
    case Stage::unclear: break;
  }
  if (c.transition.after == Cover::built) return "20";
  return c.transition.after == Cover::bare && c.transition.before != Cover::bare ? "DT" : "";
}

// "2026-09-19" as "20260919".
std::string compact(const std::optional<Date>& date) {
  return date ? fmt::format("{:04}{:02}{:02}", date->year, date->month, date->day) : "";
}

}  // namespace

std::string patches_zip(const ExportData& data) {
  const SurveyGrid grid(data);
  std::map<std::string, const Plot*> plots;
  for (const PlotResult& p : data.plots) plots[p.plot.code] = &p.plot;
  io::OutputLayer layer;
  layer.name = "patches";
  layer.crs = grid.crs();
  for (const char* name : {"XZQDM", "XMC", "JCBH", "TBLX", "TZ", "QSX", "HSX", "DLBM", "DLMC", "SFYN", "SFHX"})
    layer.fields.push_back({name, FieldType::text, ""});
  layer.fields.push_back({"MJ", FieldType::real, "m2"});
  layer.fields.push_back({"BZ", FieldType::text, ""});
  for (const Candidate& c : data.candidates) {
    const auto plot = plots.find(c.plot_code);
    const std::string district = plot == plots.end() ? "" : plot->second->district_code;
    const std::string county = plot == plots.end() ? "" : plot->second->district_name;
    io::Feature f;
    f.geometry = grid.place(c.geometry);
    f.values = {text(district),
                text(county),
                text(fmt::format("{}{}{:04}", district, compact(c.last_date), c.rank)),
                text(patch_type(c)),
                text(fmt::format("疑似{}", seen_zh(c))),
                text(compact(c.first_date)),
                text(compact(c.last_date)),
                {},
                {},
                {},
                {},
                FieldValue{rounded(c.area_m2, 1)},
                text(fmt::format("{} {} {}", name(c.verdict.severity), c.plot_code, c.verdict.reason_zh))};
    layer.features.push_back(std::move(f));
  }
  return io::make_zip(io::make_shapefile("patches", layer, "GB18030"));
}

}  // namespace plotwatch::report
