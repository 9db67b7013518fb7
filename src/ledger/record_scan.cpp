#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

// JSON has no such numbers.
double finite(double value) { return std::isfinite(value) ? value : 0; }

void check(const ScanRecord& scan, std::span<const Candidate> candidates,
           std::span<const PlotObservation> observations) {
  const auto refuse = [&](const std::string& what) {
    throw Error(ExitCode::input, what, "scan " + scan.id, "Check the folder that the scan comes from.");
  };
  if (scan.id.empty()) refuse("the scan has no id");
  if (!(scan.before_date < scan.after_date))
    refuse(fmt::format("the before scene ({}) is not older than the after scene ({})", scan.before_date.iso(),
                       scan.after_date.iso()));
  std::set<std::string> ids, codes;
  for (const Candidate& c : candidates)
    if (!ids.insert(c.id).second) refuse("two candidates have the id " + c.id);
  for (const PlotObservation& o : observations)
    if (!codes.insert(o.code).second) refuse("plot " + o.code + " was observed twice");
}

// How many working days the rule gives, from the day it was counted from; what add_working_days() undoes.
std::optional<int> deadline_days(const Candidate& c, const Date& after, const WorkCalendar& calendar) {
  if (!c.verdict.deadline || *c.verdict.deadline < after) return std::nullopt;
  int days = 0;
  for (auto day = after.days() + std::chrono::days{1}; day <= c.verdict.deadline->days(); day += std::chrono::days{1})
    days += is_working_day(Date::from_days(day), calendar);
  return days;
}

class Recording {
 public:
  Recording(io::Database& database, const ScanRecord& scan) : database_(database), scan_(scan) {
    scan_no_ = next_fid(database, "scans");
  }

  const std::set<std::string>& plots_seen_on() const { return plots_seen_on_; }

  void add(std::vector<RecordedSighting> sightings) {
    std::int64_t fid = next_fid(database_, "sightings");
    for (RecordedSighting& s : sightings) {
      plots_seen_on_.insert(s.candidate.plot_code);
      database_.run(insert_sql(table("sightings")), row_of(SightingRow{fid++, std::move(s), "", false}));
    }
  }

  void add(const std::vector<ScanContents::Observed>& observations) {
    std::unordered_map<std::string, std::int64_t> numbers;
    database_.each("SELECT code, fid FROM plot_codes", {},
                   [&](const io::Row& row) { numbers.emplace(row.text(0), row.integer(1)); });
    std::int64_t next = next_fid(database_, "plot_codes");
    for (const ScanContents::Observed& o : observations) {
      const auto [known, is_new] = numbers.emplace(o.observation.code, next);
      if (is_new) database_.run(insert_sql(table("plot_codes")), {next++, o.observation.code});
      database_.run(insert_sql(table("observations")),
                    row_of(ObservationRow{known->second, scan_no_, o.observation, o.cells}));
    }
  }

  // The scan, and the seal of its rows, as they were stored.
  void seal(const Stamp& stamp, std::size_t sightings, std::size_t observations) {
    database_.run(insert_sql(table("scans")), row_of(scan_no_, scan_));
    append(database_, stamp, "scan_recorded", scan_.id,
           {{"scan", to_json(scan_)},
            {"sightings", sightings},
            {"sightings_sha256", sightings_seal(database_, scan_.id)},
            {"observations", observations},
            {"observations_sha256", observations_seal(database_, scan_no_)}});
  }

 private:
  io::Database& database_;
  ScanRecord scan_;
  std::int64_t scan_no_ = 0;
  std::set<std::string> plots_seen_on_;
};

std::vector<RecordedSighting> sightings_of(const ScanRecord& scan, const Crs& from, const Crs& to,
                                           std::span<const Candidate> candidates, const WorkCalendar& calendar) {
  const io::CoordinateTransform transform(from, to);
  std::vector<RecordedSighting> sightings;
  for (Candidate c : candidates) {
    if (!transform.identity()) {
      c.geometry = transform.apply(c.geometry);
      c.representative = transform.apply(c.representative);
    }
    for (double* number : {&c.transition_share, &c.area_m2, &c.plot_share, &c.mean_score, &c.peak_score, &c.confidence,
                           &c.registration_residual_px})
      *number = finite(*number);
    const std::optional<int> days = deadline_days(c, scan.after_date, calendar);
    sightings.push_back({scan.id + "/" + c.id, scan.id, scan.before_date, scan.after_date, std::move(c), days});
  }
  return sightings;
}

// On the day; of a scan older than the register the first that is known.
MultiPolygon ground_of(io::Database& database, const std::string& code, const Date& day) {
  MultiPolygon ground;
  database.each(
      "SELECT geom FROM plots WHERE code = $1 AND (listed_to IS NULL OR listed_to >= $2) "
      "ORDER BY listed_from LIMIT 1",
      {code, day.iso()}, [&](const io::Row& row) { ground = row.polygons(0); });
  return ground;
}

std::vector<ScanContents::Observed> observed_in(io::Database& database, const Date& day,
                                                std::span<const PlotObservation> observations,
                                                const std::function<double(const MultiPolygon&)>& clear_share) {
  std::vector<ScanContents::Observed> all;
  for (const PlotObservation& o : observations) {
    std::string cells;
    if (o.clear_share > 0 && o.clear_share < 1 && clear_share)
      if (const MultiPolygon ground = ground_of(database, o.code, day); !ground.empty())
        cells = to_bytes(make_clear_map(ground, clear_share));
    all.push_back({o, std::move(cells)});
  }
  return all;
}

std::optional<Date> newest_scan(io::Database& database) {
  std::optional<Date> newest;
  database.each("SELECT max(after_date) FROM scans", {}, [&](const io::Row& row) { newest = date_at(row, 0); });
  return newest;
}

// Plots whose cases this scan can change. Cases that have ended change only by a scan older than their end.
std::set<std::string> touched_plots(io::Database& database, const std::set<std::string>& seen_on, bool late,
                                    const std::vector<ScanContents::Observed>& observations) {
  std::set<std::string> observed, touched = seen_on;
  for (const ScanContents::Observed& o : observations)
    if (o.observation.clear_share > 0) observed.insert(o.observation.code);
  const char* sql =
      late ? "SELECT DISTINCT plot_code FROM cases" : "SELECT DISTINCT plot_code FROM cases WHERE open = 1";
  database.each(sql, {}, [&](const io::Row& row) {
    if (std::string code = row.text(0); observed.contains(code)) touched.insert(std::move(code));
  });
  return touched;
}

}  // namespace

bool is_recorded(io::Database& database, const std::string& scan_id) {
  bool known = false;
  database.each("SELECT 1 FROM scans WHERE scan_id = $1", {scan_id}, [&](const io::Row&) { known = true; });
  return known;
}

void record(io::Database& database, ScanContents contents, const CasePolicy& policy, const WorkCalendar& calendar,
            bool other_calendar, const Stamp& stamp, RecordedScan& told) {
  const std::optional<Date> newest = newest_scan(database);
  const bool late = newest && contents.scan.after_date <= *newest;
  const std::size_t sightings = contents.sightings.size();
  Recording recording(database, contents.scan);
  recording.add(std::move(contents.sightings));
  recording.add(contents.observations);
  recording.seal(stamp, sightings, contents.observations.size());
  std::set<std::string> plots = touched_plots(database, recording.plots_seen_on(), late, contents.observations);
  if (other_calendar)  // every deadline is counted anew
    for (const std::string& code : plots_with_sightings(database)) plots.insert(code);
  for (const std::string& code : plots) project(database, code, policy, calendar, stamp, contents.scan.id, told);
}

RecordedScan Ledger::record_scan(const ScanRecord& scan, const Crs& crs, std::span<const Candidate> candidates,
                                 std::span<const PlotObservation> observations, const WorkCalendar& calendar,
                                 const std::function<double(const MultiPolygon&)>& clear_share, const Stamp& stamp) {
  Implementation& self = *implementation_;
  check(scan, candidates, observations);
  return self.change(stamp, "record a scan", [&] {
    io::Database& database = *self.database;
    RecordedScan told;
    told.was_recorded = is_recorded(database, scan.id);
    if (told.was_recorded) return told;
    const std::string days = canonical(to_json(calendar));
    const bool other_calendar = days != canonical(to_json(self.calendar));
    if (other_calendar) {
      append(database, stamp, "calendar_changed", "", to_json(calendar));
      set_info(database, "calendar", days);
      self.calendar = calendar;
    }
    ScanContents contents{scan, sightings_of(scan, crs, self.settings.crs, candidates, calendar),
                          observed_in(database, scan.after_date, observations, clear_share)};
    contents.scan.registration_residual_px = finite(scan.registration_residual_px);
    record(database, std::move(contents), self.settings.policy, self.calendar, other_calendar, stamp, told);
    return told;
  });
}

}  // namespace plotwatch::ledger
