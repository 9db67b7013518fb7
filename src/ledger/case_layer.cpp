#include "ledger/case_layer.hpp"

#include "ledger/assets.hpp"
#include "ledger/records_json.hpp"
#include "ledger/rows.hpp"
#include "ledger/schema.hpp"

namespace plotwatch::ledger {
namespace {

// fid and geom come first, the key of the order last.
std::size_t first_column() { return 2; }
std::size_t last_column() { return table("cases").columns.size() - 1; }

Json json_of(const io::SqlValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return {};
}

io::FieldValue field_of(const io::SqlValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<long long>(*integer);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value); text && !text->empty()) return *text;
  return {};
}

Json case_json(const Case& c) {
  const Values values = row_of(0, c);
  Json json = Json::object();
  for (std::size_t i = first_column(); i < last_column(); ++i)
    json[table("cases").columns[i].name] = json_of(values[i]);
  json["parents"] = c.parents;
  for (const char* flag : {"open", "basis_verified", "second_person"}) json[flag] = json[flag] == 1;
  return json;
}

std::string pretty(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

io::OutputLayer case_layer(const std::vector<Case>& cases, const Crs& crs) {
  io::OutputLayer layer;
  layer.name = "cases";
  layer.description = table("cases").description;
  layer.crs = crs;
  layer.qgis_style = assets::cases_qml;
  for (std::size_t i = first_column(); i < last_column(); ++i) {
    const Column& c = table("cases").columns[i];
    layer.fields.push_back({c.name,
                            c.type == Column::Type::integer ? io::FieldType::integer
                            : c.type == Column::Type::real  ? io::FieldType::real
                                                            : io::FieldType::text,
                            ""});
  }
  for (const Case& c : cases) {
    const Values values = row_of(0, c);
    io::Feature feature;
    feature.geometry = c.geometry;
    for (std::size_t i = first_column(); i < last_column(); ++i) feature.values.push_back(field_of(values[i]));
    layer.features.push_back(std::move(feature));
  }
  return layer;
}

std::string cases_json(const std::vector<Case>& cases) {
  Json list = Json::array();
  for (const Case& c : cases) list.push_back(case_json(c));
  return pretty(list);
}

std::string history_json(const Case& c, const std::vector<Sighting>& sightings, const std::vector<CaseLook>& looks,
                         const std::vector<LedgerEvent>& events) {
  Json json = case_json(c);
  json["history"] = {{"sightings", Json::array()}, {"looks", Json::array()}, {"events", Json::array()}};
  for (const Sighting& s : sightings)
    json["history"]["sightings"].push_back(
        {{"id", s.id}, {"scan", s.scan_id}, {"suppressed", s.suppressed}, {"candidate", to_json(s.candidate)}});
  for (const CaseLook& l : looks)
    json["history"]["looks"].push_back({{"before_date", l.before_date.iso()},
                                        {"after_date", l.after_date.iso()},
                                        {"scan", l.scan_id},
                                        {"seen", l.seen},
                                        {"clear_share", l.clear_share}});
  for (const LedgerEvent& e : events)
    json["history"]["events"].push_back({{"sequence", e.sequence},
                                         {"at", e.stamp.at},
                                         {"actor", e.stamp.actor},
                                         {"kind", e.kind},
                                         {"payload", Json::parse(e.payload, nullptr, false)},
                                         {"hash", e.hash}});
  return pretty(json);
}

}  // namespace plotwatch::ledger
