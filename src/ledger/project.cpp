// From the tables to the pure function of history.hpp, and from what it says to rows and events.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

constexpr std::array<std::pair<const char*, Said::Kind>, 9> said_kinds{{{"judged", Said::Kind::judged},
                                                                        {"agreed", Said::Kind::agreed},
                                                                        {"undone", Said::Kind::undone},
                                                                        {"assigned", Said::Kind::assigned},
                                                                        {"annotated", Said::Kind::annotated},
                                                                        {"closed", Said::Kind::closed},
                                                                        {"reopened", Said::Kind::reopened},
                                                                        {"penalised", Said::Kind::penalised},
                                                                        {"put_right", Said::Kind::put_right}}};

struct Stored {
  std::int64_t fid = 0;
  Case record;
  Values values;
};

std::map<std::string, Stored> stored_cases(io::Database& database, const std::string& plot_code) {
  std::map<std::string, Stored> all;
  database.each(select_sql(table("cases")) + " WHERE plot_code = $1", {plot_code}, [&](const io::Row& row) {
    Stored one{row.integer(0), case_of(row), {}};
    one.values = row_of(one.fid, one.record);
    all.emplace(one.record.id, std::move(one));
  });
  return all;
}

class Projection {
 public:
  Projection(io::Database& database, const std::string& plot_code, const Stamp& stamp, const std::string& scan_id,
             RecordedScan& told)
      : database_(database), plot_code_(plot_code), stamp_(stamp), scan_id_(scan_id), told_(told) {}

  void write(const PlotHistory& history, const std::vector<CaseHistory>& cases) {
    std::map<std::string, Stored> before = stored_cases(database_, plot_code_);
    for (const CaseHistory& one : cases) {
      const auto kept = before.find(one.record.id);
      if (one.named_now)
        open(history, one);
      else
        update(one, kept == before.end() ? nullptr : &kept->second);
      if (!scan_id_.empty()) tell(history, one, kept == before.end() ? nullptr : &kept->second.record);
      if (kept != before.end()) before.erase(kept);
      assign(history, one);
    }
    // A scan that came late showed that two were one: the id still leads to the case.
    for (const auto& [id, gone] : before) {
      database_.run("DELETE FROM cases WHERE fid = $1", {gone.fid});
      append(database_, stamp_, "case_joined", id, Json{{"scan", scan_id_}});
    }
  }

 private:
  void open(const PlotHistory& history, const CaseHistory& one) {
    const std::string& sighting = history.sightings[one.sightings.front()].id;
    const LedgerEvent event = append(database_, stamp_, "case_opened", one.record.id,
                                     {{"scan", scan_id_},
                                      {"sighting", sighting},
                                      {"plot", plot_code_},
                                      {"first_seen", one.record.first_seen.iso()},
                                      {"severity", name(one.record.rule.severity)},
                                      {"parents", one.record.parents}});
    const std::int64_t fid = next_fid(database_, "case_names");
    database_.run(insert_sql(table("case_names")), {fid, one.record.id, sighting, plot_code_, event.sequence});
    database_.run(insert_sql(table("cases")), row_of(fid, one.record));
  }

  void update(const CaseHistory& one, const Stored* kept) {
    std::int64_t fid = 0;
    if (kept)
      fid = kept->fid;
    else
      database_.each("SELECT fid FROM case_names WHERE case_id = $1", {one.record.id},
                     [&](const io::Row& row) { fid = row.integer(0); });
    const Values values = row_of(fid, one.record);
    if (kept && kept->values == values) return;
    if (kept) database_.run("DELETE FROM cases WHERE fid = $1", {fid});
    database_.run(insert_sql(table("cases")), values);
  }

  void tell(const PlotHistory& history, const CaseHistory& one, const Case* before) {
    const Case& c = one.record;
    const auto say = [&](const char* kind, std::vector<std::string>& list, const Json& more = Json::object()) {
      Json payload{{"scan", scan_id_}, {"tier", code(c.tier)}, {"last_look", c.last_look.iso()}};
      payload.update(more);
      append(database_, stamp_, kind, c.id, payload);
      list.push_back(c.id);
    };
    bool seen = false, suppressed = false;
    for (std::size_t i = 0; i < one.sightings.size(); ++i)
      if (history.sightings[one.sightings[i]].scan_id == scan_id_) (one.suppressed[i] ? suppressed : seen) = true;
    std::vector<std::string> untold;
    if (one.named_now)
      told_.opened.push_back(c.id);
    else if (seen)
      say("case_seen", told_.seen);
    if (suppressed) told_.suppressed.push_back(c.id);
    if (before && !before->open && c.open && !c.merged_into) say("case_returned", untold);
    if (c.merged_into && !(before && before->merged_into)) say("case_merged", untold, {{"into", *c.merged_into}});
    const Tier was = before ? before->tier : Tier::first_seen;
    if (c.tier == was || c.merged_into) return;
    if (c.tier == Tier::gone) return say("case_gone", told_.gone);
    if ((c.tier == Tier::confirmed || c.tier == Tier::established) &&
        !(before && before->confirmed_on == c.confirmed_on))
      say("case_confirmed", told_.confirmed, {{"confirmed_on", date_json(c.confirmed_on)}});
    if (c.tier == Tier::established) say("case_established", told_.established);
  }

  void assign(const PlotHistory& history, const CaseHistory& one) {
    for (std::size_t i = 0; i < one.sightings.size(); ++i) {
      const std::int64_t suppressed = one.suppressed[i] ? 1 : 0;
      database_.run(
          "UPDATE sightings SET case_id = $2, suppressed = $3 WHERE sighting_id = $1 AND (case_id <> $2 OR "
          "suppressed <> $3)",
          {history.sightings[one.sightings[i]].id, one.record.id, suppressed});
    }
  }

  io::Database& database_;
  const std::string& plot_code_;
  const Stamp& stamp_;
  const std::string& scan_id_;
  RecordedScan& told_;
};

}  // namespace

std::optional<Said::Kind> said_kind(const std::string& event_kind) {
  for (const auto& [name, kind] : said_kinds)
    if (event_kind == name) return kind;
  return std::nullopt;
}

Said said_of(const LedgerEvent& event) {
  const Json payload = Json::parse(event.payload);
  Said said;
  said.sequence = event.sequence;
  said.stamp = event.stamp;
  said.kind = *said_kind(event.kind);
  said.case_id = event.subject;
  said.judgement = parse_judgement(payload.value("judgement", "none")).value_or(Judgement::none);
  said.text = payload.value("text", "");
  if (payload.contains("day")) said.day = date_of(payload.at("day"));
  said.through = date_of(payload.at("through")).value_or(Date{});
  said.undoes = payload.value("of", std::int64_t{0});
  return said;
}

PlotHistory load_history(io::Database& database, const std::string& plot_code) {
  PlotHistory history;
  history.plot_code = plot_code;
  database.each(select_sql(table("sightings")) + " WHERE plot_code = $1", {plot_code},
                [&](const io::Row& row) { history.sightings.push_back(sighting_row(row).sighting); });
  database.each(
      "SELECT s.scan_id, s.before_date, s.after_date, o.clear, o.cells, o.cover FROM plot_codes p "
      "JOIN observations o ON o.plot_no = p.fid JOIN scans s ON s.fid = o.scan_no WHERE p.code = $1",
      {plot_code}, [&](const io::Row& row) {
        PlotView view{row.text(0),
                      date_at(row, 1).value_or(Date{}),
                      date_at(row, 2).value_or(Date{}),
                      static_cast<double>(row.integer(3)) / 10'000,
                      {},
                      {}};
        if (!row.null(4)) view.cells = clear_map_from(row.blob(4).bytes);
        if (!row.null(5)) {
          PlotObservation o;
          set_cover(o, row.blob(5).bytes);
          view.after_cover = o.after_cover;
        }
        history.views.push_back(std::move(view));
      });
  database.each("SELECT case_id, sighting_id FROM case_names WHERE plot_code = $1 ORDER BY sequence", {plot_code},
                [&](const io::Row& row) {
                  history.names.push_back({row.text(0), row.text(1)});
                });
  for (const CaseName& name : history.names)
    database.each(select_sql(table("events")) + " WHERE subject = $1", {name.case_id}, [&](const io::Row& row) {
      if (said_kind(row.text(3))) history.said.push_back(said_of(event_of(row)));
    });
  std::sort(history.said.begin(), history.said.end(),
            [](const Said& a, const Said& b) { return a.sequence < b.sequence; });
  return history;
}

std::vector<std::string> plots_with_sightings(io::Database& database) {
  std::vector<std::string> codes;
  database.each("SELECT DISTINCT plot_code FROM sightings ORDER BY plot_code", {},
                [&](const io::Row& row) { codes.push_back(row.text(0)); });
  return codes;
}

void project(io::Database& database, const std::string& plot_code, const CasePolicy& policy,
             const WorkCalendar& calendar, const Stamp& stamp, const std::string& scan_id, RecordedScan& told) {
  const PlotHistory history = load_history(database, plot_code);
  Projection(database, plot_code, stamp, scan_id, told).write(history, case_histories(history, policy, calendar));
}

}  // namespace plotwatch::ledger
