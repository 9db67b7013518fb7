// Registers, scenes and settings.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/wkb.hpp"
#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

Date day_before(const Date& day) { return Date::from_days(day.days() - std::chrono::days{1}); }

struct Listed {
  std::string details, geometry;  // canonical JSON, hexadecimal WKB
  std::int64_t position = 0;
};

std::map<std::string, Listed> listed(const PlotRegister& plots, const Crs& crs) {
  const io::CoordinateTransform transform(plots.crs, crs);
  std::map<std::string, Listed> all;
  for (std::size_t i = 0; i < plots.plots.size(); ++i) {
    const Plot& p = plots.plots[i];
    const MultiPolygon geometry = transform.identity() ? p.geometry : transform.apply(p.geometry);
    if (!all.emplace(p.code, Listed{canonical(to_json(p, plots.other_fields)), io::to_hex(io::to_wkb(geometry)),
                                    static_cast<std::int64_t>(i)})
             .second)
      throw Error(ExitCode::input, "two plots have the code " + p.code, plots.source,
                  "plotwatch plots check names all such rows.");
  }
  return all;
}

bool holds_on(const PlotRow& row, const Date& day) {
  return *row.plot.listed_from <= day && (!row.plot.listed_to || *row.plot.listed_to >= day);
}

}  // namespace

void apply_register(std::vector<PlotRow>& rows, const Json& payload) {
  const Date day = date_of(payload.at("day")).value_or(Date{});
  const auto ended = payload.at("ended").get<std::set<std::string>>();
  // What began on this very day was never in force.
  std::erase_if(rows, [&](const PlotRow& row) {
    return !row.plot.listed_to && row.plot.listed_from == day && ended.contains(row.plot.code);
  });
  std::int64_t fid = 0;
  for (PlotRow& row : rows) {
    fid = std::max(fid, row.fid);
    if (!row.plot.listed_to && ended.contains(row.plot.code)) row.plot.listed_to = day_before(day);
  }
  for (const Json& begun : payload.at("begun")) {
    PlotRow row;
    row.fid = ++fid;
    row.details = canonical(begun.at("plot"));
    row.plot = plot_of(begun.at("plot"));
    row.plot.geometry = io::from_wkb(io::from_hex(begun.at("geometry").get<std::string>()));
    row.plot.listed_from = day;
    row.position = begun.at("position");
    rows.push_back(std::move(row));
  }
}

std::vector<PlotRow> plot_rows(io::Database& database) {
  std::vector<PlotRow> rows;
  database.each(select_sql(table("plots")) + " ORDER BY fid", {},
                [&](const io::Row& row) { rows.push_back(plot_row(row)); });
  return rows;
}

bool Ledger::record_register(const PlotRegister& plots, const std::string& sha256, const Date& day,
                             const Stamp& stamp) {
  Implementation& self = *implementation_;
  const std::map<std::string, Listed> now = listed(plots, self.settings.crs);
  return self.change(stamp, "record a register of plots", [&] {
    io::Database& database = *self.database;
    std::optional<Date> newest;
    database.each("SELECT max(day) FROM registers", {}, [&](const io::Row& row) { newest = date_at(row, 0); });
    std::vector<PlotRow> rows = plot_rows(database);
    Json ended = Json::array(), begun = Json::array();
    std::set<std::string> unchanged;
    for (const PlotRow& row : rows) {
      if (row.plot.listed_to) continue;
      const auto found = now.find(row.plot.code);
      if (found != now.end() && found->second.details == row.details &&
          found->second.geometry == io::to_hex(io::to_wkb(row.plot.geometry)))
        unchanged.insert(row.plot.code);
      else
        ended.push_back(row.plot.code);
    }
    std::vector<std::pair<std::int64_t, const std::string*>> order;
    for (const auto& [code, plot] : now)
      if (!unchanged.contains(code)) order.emplace_back(plot.position, &code);
    if (ended.empty() && order.empty()) return false;
    if (newest && day < *newest)
      throw Error(
          ExitCode::input,
          fmt::format("the register of {} is older than the one of {} that is recorded", day.iso(), newest->iso()),
          plots.source, "Registers come in by date.");
    std::sort(order.begin(), order.end());
    for (const auto& [position, code] : order) {
      const Listed& plot = now.at(*code);
      begun.push_back({{"plot", Json::parse(plot.details)}, {"geometry", plot.geometry}, {"position", position}});
    }
    const Json payload{{"day", day.iso()},    {"source", plots.source}, {"sha256", sha256},
                       {"plots", now.size()}, {"ended", ended},         {"begun", begun}};
    append(database, stamp, "register_recorded", day.iso(), payload);
    database.run(insert_sql(table("registers")), {next_fid(database, "registers"), day.iso(), plots.source, sha256,
                                                  static_cast<std::int64_t>(now.size())});
    // Only rows that changed are written.
    std::map<std::int64_t, Values> before;
    for (const PlotRow& row : rows) before.emplace(row.fid, row_of(row));
    apply_register(rows, payload);
    for (const PlotRow& row : rows) {
      Values values = row_of(row);
      const auto kept = before.find(row.fid);
      const bool same = kept != before.end() && kept->second == values;
      if (kept != before.end()) {
        if (!same) database.run("DELETE FROM plots WHERE fid = $1", {row.fid});
        before.erase(kept);
      }
      if (!same) database.run(insert_sql(table("plots")), values);
    }
    for (const auto& [fid, values] : before) database.run("DELETE FROM plots WHERE fid = $1", {fid});
    return true;
  });
}

PlotRegister Ledger::plots(const Date& day) const {
  io::Database& database = *implementation_->database;
  PlotRegister plots;
  plots.source = database.where();
  plots.crs = implementation_->settings.crs;
  std::vector<PlotRow> rows;
  for (PlotRow& row : plot_rows(database))
    if (holds_on(row, day)) rows.push_back(std::move(row));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const PlotRow& a, const PlotRow& b) { return a.position < b.position; });
  std::set<std::string> fields;
  std::vector<Json> others;
  for (const PlotRow& row : rows) {
    others.push_back(Json::parse(row.details).at("other"));
    for (const auto& [name, value] : others.back().items()) fields.insert(name);
  }
  plots.other_fields.assign(fields.begin(), fields.end());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PlotRow& row = rows[i];
    for (const std::string& field : plots.other_fields) row.plot.other.push_back(others[i].value(field, ""));
    row.plot.row = row.fid;
    plots.plots.push_back(std::move(row.plot));
  }
  return plots;
}

void Ledger::record_scene(const SceneRecord& scene, const Stamp& stamp) {
  if (scene.id.empty())
    throw Error(ExitCode::input, "the scene has no id", scene.source, "Check what plotwatch info says of it.");
  Implementation& self = *implementation_;
  self.change(stamp, "record a scene", [&] {
    io::Database& database = *self.database;
    std::optional<Values> kept;
    std::int64_t fid = 0;
    database.each(select_sql(table("scenes")) + " WHERE scene_id = $1", {scene.id}, [&](const io::Row& row) {
      fid = row.integer(0);
      kept = row_of(fid, scene_row(row));
    });
    if (!kept) fid = next_fid(database, "scenes");
    const Values values = row_of(fid, scene);
    if (kept == values) return false;
    append(database, stamp, "scene_recorded", scene.id, to_json(scene));
    if (kept) database.run("DELETE FROM scenes WHERE fid = $1", {fid});
    database.run(insert_sql(table("scenes")), values);
    return true;
  });
}

void Ledger::change_policy(const CasePolicy& policy, const Stamp& stamp) {
  check(policy);
  Implementation& self = *implementation_;
  self.change(stamp, "change the policy of cases", [&] {
    const std::string text = canonical(to_json(policy));
    if (text == canonical(to_json(self.settings.policy))) return false;
    append(*self.database, stamp, "policy_changed", "", to_json(policy));
    set_info(*self.database, "policy", text);
    self.settings.policy = policy;
    RecordedScan untold;
    for (const std::string& code : plots_with_sightings(*self.database))
      project(*self.database, code, policy, self.calendar, stamp, "", untold);
    return true;
  });
}

}  // namespace plotwatch::ledger
