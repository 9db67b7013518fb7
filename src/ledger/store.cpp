#include "ledger/store.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/geopackage_tables.hpp"
#include "ledger/records_json.hpp"

namespace plotwatch::ledger {

void set_info(io::Database& database, const std::string& key, const std::string& value) {
  database.run("INSERT INTO ledger_info (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2",
               {key, value});
}

std::int64_t next_fid(io::Database& database, const std::string& table) {
  std::int64_t next = 1;
  database.each(fmt::format("SELECT coalesce(max(fid), 0) + 1 FROM {}", table), {},
                [&](const io::Row& row) { next = row.integer(0); });
  return next;
}

Json settings_json(const LedgerSettings& settings) {
  return {{"crs", settings.crs.wkt}, {"district", settings.district}};
}

void check(const CasePolicy& p) {
  std::string problems;
  const auto require = [&](bool holds, const char* what) {
    if (!holds) problems += std::string(problems.empty() ? "" : "; ") + what;
  };
  require(p.confirm_looks >= 1, "confirm_looks must be 1 or more");
  require(p.establish_looks >= p.confirm_looks, "establish_looks must not be below confirm_looks");
  require(p.gone_looks >= 1, "gone_looks must be 1 or more");
  require(p.weak_confidence >= 0 && p.weak_confidence <= 1, "weak_confidence must be 0 to 1");
  require(p.confirm_evidence >= 0, "confirm_evidence must be 0 or more");
  require(p.look_clear_share > 0 && p.look_clear_share <= 1, "look_clear_share must be above 0 and at most 1");
  require(p.match_overlap > 0 && p.match_overlap <= 1, "match_overlap must be above 0 and at most 1");
  require(p.match_distance_m >= 0, "match_distance_m must be 0 or more");
  require(p.regrow_ratio > 1, "regrow_ratio must be above 1");
  require(p.regrow_min_area_m2 >= 0, "regrow_min_area_m2 must be 0 or more");
  if (!problems.empty())
    throw Error(ExitCode::config, "the policy of cases is invalid: " + problems, "", "Correct it; docs/ledger.md.");
}

void Ledger::Implementation::load() {
  std::map<std::string, std::string> info;
  database->each("SELECT key, value FROM ledger_info", {},
                 [&](const io::Row& row) { info[row.text(0)] = row.text(1); });
  try {
    id = info["id"];
    const Json stored = Json::parse(info["settings"]);
    settings.crs.wkt = stored.at("crs");
    settings.district = stored.at("district");
    settings.policy = policy_of(Json::parse(info["policy"]));
    calendar = calendar_of(Json::parse(info["calendar"]));
  } catch (const Json::exception&) {
    throw Error(ExitCode::input, "what the ledger says of itself (table ledger_info) is damaged", database->where(),
                "Restore it from a backup.");
  }
  database->set_srid(io::srid_of(settings.crs));
}

std::string sightings_seal(io::Database& database, const std::string& scan_id) {
  Sha256 hash;
  database.each(select_sql(table("sightings")) + " WHERE scan_id = $1 ORDER BY sighting_id", {scan_id},
                [&](const io::Row& row) {
                  const std::string line = canonical(seal_of(sighting_row(row))) + "\n";
                  hash.update(line.data(), line.size());
                });
  return hash.hex();
}

std::string observations_seal(io::Database& database, std::int64_t scan_no) {
  Sha256 hash;
  std::string columns;
  for (const Column& c : table("observations").columns) columns += (columns.empty() ? "o." : ", o.") + c.name;
  database.each(fmt::format("SELECT {}, p.code FROM observations o JOIN plot_codes p ON p.fid = o.plot_no "
                            "WHERE o.scan_no = $1 ORDER BY p.code",
                            columns),
                {scan_no}, [&](const io::Row& row) {
                  const auto last = static_cast<int>(table("observations").columns.size());
                  const std::string line = canonical(seal_of(observation_row(row), row.text(last))) + "\n";
                  hash.update(line.data(), line.size());
                });
  return hash.hex();
}

}  // namespace plotwatch::ledger
