#include "plots/register_layer.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

namespace plotwatch::plots {
namespace {

using io::FieldType;
using io::FieldValue;

struct Entry {
  const char *own, *national;
  FieldType type;
  const char* comment;
  bool always;
  std::function<FieldValue(const Plot&)> value;
};

FieldValue text(const std::string& value) { return value.empty() ? FieldValue{} : FieldValue{value}; }
FieldValue date(const std::optional<Date>& value) { return value ? FieldValue{value->iso()} : FieldValue{}; }

const std::vector<Entry>& entries() {
  using P = const Plot&;
  static const std::vector<Entry> all{
      {"code", "DKDM", FieldType::text, "plot code", true, [](P p) { return text(p.code); }},
      {"name", "DKMC", FieldType::text, "plot name", true, [](P p) { return text(p.name); }},
      {"status", "ZT", FieldType::text, "status code of the rules table", true, [](P p) { return text(p.status); }},
      {"unit", "ZRDW", FieldType::text, "responsible unit", false, [](P p) { return text(p.unit); }},
      {"status_from", "ZTQSRQ", FieldType::text, "first day of the status, ISO", false,
       [](P p) { return date(p.status_from); }},
      {"status_to", "ZTJZRQ", FieldType::text, "last day of the status, ISO", false,
       [](P p) { return date(p.status_to); }},
      {"district_code", "XZQDM", FieldType::text, "code of the district", false,
       [](P p) { return text(p.district_code); }},
      {"district_name", "XZQMC", FieldType::text, "name of the district", false,
       [](P p) { return text(p.district_name); }},
      {"stated_area_m2", "YDMJ", FieldType::real, "area as the register states it, m2", false,
       [](P p) { return p.stated_area_m2 ? FieldValue{*p.stated_area_m2} : FieldValue{}; }},
      {"use", "YT", FieldType::text, "use of the land", false, [](P p) { return text(p.use); }},
      {"land_class", "DLBM", FieldType::text, "land class", false, [](P p) { return text(p.land_class); }},
      {"map_sheet", "TFH", FieldType::text, "map sheet", false, [](P p) { return text(p.map_sheet); }},
      {"lon", "JD", FieldType::real, "degrees east, of the registered place", false,
       [](P p) { return p.stated_lonlat ? FieldValue{p.stated_lonlat->x} : FieldValue{}; }},
      {"lat", "WD", FieldType::real, "degrees north, of the registered place", false,
       [](P p) { return p.stated_lonlat ? FieldValue{p.stated_lonlat->y} : FieldValue{}; }},
      {"due", "CNRQ", FieldType::text, "day on which what was promised is due, ISO", false,
       [](P p) { return date(p.due); }},
      {"listed_from", "listed_from", FieldType::text, "first day of this row in the register, ISO", false,
       [](P p) { return date(p.listed_from); }},
      {"listed_to", "listed_to", FieldType::text, "last day of this row in the register, ISO; empty: still in it",
       false, [](P p) { return date(p.listed_to); }},
  };
  return all;
}

}  // namespace

io::OutputLayer register_layer(const PlotRegister& plots, Naming naming) {
  io::OutputLayer layer;
  layer.name = "plots";
  layer.description = "Register of plots.";
  layer.crs = plots.crs;
  std::vector<const Entry*> used;
  for (const Entry& e : entries())
    if (e.always || std::any_of(plots.plots.begin(), plots.plots.end(),
                                [&](const Plot& p) { return !std::holds_alternative<std::monostate>(e.value(p)); })) {
      used.push_back(&e);
      layer.fields.push_back({naming == Naming::own ? e.own : e.national, e.type, e.comment});
    }
  for (const std::string& field : plots.other_fields) layer.fields.push_back({field, FieldType::text, ""});
  for (const Plot& plot : plots.plots) {
    io::Feature f;
    f.id = std::ssize(layer.features) + 1;
    f.geometry = plot.geometry;
    for (const Entry* e : used) f.values.push_back(e->value(plot));
    for (std::size_t i = 0; i < plots.other_fields.size(); ++i)
      f.values.push_back(text(i < plot.other.size() ? plot.other[i] : std::string()));
    layer.features.push_back(std::move(f));
  }
  return layer;
}

}  // namespace plotwatch::plots
