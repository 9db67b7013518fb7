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
    scan_.registration_residual_px = finite(scan_.registration_residual_px);
    scan_no_ = next_fid(database, "scans");
  }

  const ScanRecord& scan() const { return scan_; }
  const std::set<std::string>& plots_seen_on() const { return plots_seen_on_; }

  void add_sightings(const Crs& crs, const Crs& ledger_crs, std::span<const Candidate> candidates,
                     const WorkCalendar& calendar) {
    const io::CoordinateTransform transform(crs, ledger_crs);
    std::int64_t fid = next_fid(database_, "sightings");
    for (Candidate c : candidates) {
      if (!transform.identity()) {
        c.geometry = transform.apply(c.geometry);
        c.representative = transform.apply(c.representative);
      }
      for (double* number : {&c.transition_share, &c.area_m2, &c.plot_share, &c.mean_score, &c.peak_score,
                             &c.confidence, &c.registration_residual_px})
        *number = finite(*number);
      SightingRow row;
      row.fid = fid++;
      row.sighting = {scan_.id + "/" + c.id, scan_.id, scan_.before_date,
                      scan_.after_date,      c,        deadline_days(c, scan_.after_date, calendar)};
      database_.run(insert_sql(table("sightings")), row_of(row));
      plots_seen_on_.insert(c.plot_code);
    }
  }

  void add_observations(std::span<const PlotObservation> observations,
                        const std::function<double(const MultiPolygon&)>& clear_share) {
    std::unordered_map<std::string, std::int64_t> numbers;
    database_.each("SELECT code, fid FROM plot_codes", {},
                   [&](const io::Row& row) { numbers.emplace(row.text(0), row.integer(1)); });
    std::int64_t next = next_fid(database_, "plot_codes");
    for (const PlotObservation& o : observations) {
      const auto [known, is_new] = numbers.emplace(o.code, next);
      if (is_new) database_.run(insert_sql(table("plot_codes")), {next++, o.code});
      ObservationRow row{known->second, scan_no_, o, {}};
      const double clear = std::clamp(o.clear_share, 0.0, 1.0);
      if (clear > 0 && clear < 1 && clear_share)
        if (const MultiPolygon ground = ground_of(o.code); !ground.empty())
          row.cells = to_bytes(make_clear_map(ground, clear_share));
      database_.run(insert_sql(table("observations")), row_of(row));
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
  // On the day of the after scene; of a scan older than the register the first that is known.
  MultiPolygon ground_of(const std::string& code) {
    MultiPolygon ground;
    database_.each(
        "SELECT geom FROM plots WHERE code = $1 AND (listed_to IS NULL OR listed_to >= $2) "
        "ORDER BY listed_from LIMIT 1",
        {code, scan_.after_date.iso()}, [&](const io::Row& row) { ground = row.polygons(0); });
    return ground;
  }

  io::Database& database_;
  ScanRecord scan_;
  std::int64_t scan_no_ = 0;
  std::set<std::string> plots_seen_on_;
};

std::optional<Date> newest_scan(io::Database& database) {
  std::optional<Date> newest;
  database.each("SELECT max(after_date) FROM scans", {}, [&](const io::Row& row) { newest = date_at(row, 0); });
  return newest;
}

// Plots whose cases this scan can change. Cases that have ended change only by a scan older than their end.
std::set<std::string> touched_plots(io::Database& database, const std::set<std::string>& seen_on, bool late,
                                    std::span<const PlotObservation> observations) {
  std::set<std::string> observed, touched = seen_on;
  for (const PlotObservation& o : observations)
    if (o.clear_share > 0) observed.insert(o.code);
  const char* sql =
      late ? "SELECT DISTINCT plot_code FROM cases" : "SELECT DISTINCT plot_code FROM cases WHERE open = 1";
  database.each(sql, {}, [&](const io::Row& row) {
    if (std::string code = row.text(0); observed.contains(code)) touched.insert(std::move(code));
  });
  return touched;
}

}  // namespace

RecordedScan Ledger::record_scan(const ScanRecord& scan, const Crs& crs, std::span<const Candidate> candidates,
                                 std::span<const PlotObservation> observations, const WorkCalendar& calendar,
                                 const std::function<double(const MultiPolygon&)>& clear_share, const Stamp& stamp) {
  Implementation& self = *implementation_;
  check(scan, candidates, observations);
  return self.change(stamp, "record a scan", [&] {
    io::Database& database = *self.database;
    RecordedScan told;
    database.each("SELECT 1 FROM scans WHERE scan_id = $1", {scan.id},
                  [&](const io::Row&) { told.was_recorded = true; });
    if (told.was_recorded) return told;

    const std::string days = canonical(to_json(calendar));
    const bool other_calendar = days != canonical(to_json(self.calendar));
    if (other_calendar) {
      append(database, stamp, "calendar_changed", "", to_json(calendar));
      set_info(database, "calendar", days);
      self.calendar = calendar;
    }
    const std::optional<Date> newest = newest_scan(database);
    Recording recording(database, scan);
    recording.add_sightings(crs, self.settings.crs, candidates, calendar);
    recording.add_observations(observations, clear_share);
    recording.seal(stamp, candidates.size(), observations.size());

    std::set<std::string> plots =
        touched_plots(database, recording.plots_seen_on(), newest && scan.after_date <= *newest, observations);
    if (other_calendar)  // every deadline is counted anew
      for (const std::string& code : plots_with_sightings(database)) plots.insert(code);
    for (const std::string& code : plots)
      project(database, code, self.settings.policy, self.calendar, stamp, scan.id, told);
    return told;
  });
}

}  // namespace plotwatch::ledger
