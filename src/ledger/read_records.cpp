#include <fmt/format.h>

#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

constexpr std::int64_t half = 5'000;  // in ten-thousandths: a plot counts as clear from here on

std::vector<LedgerEvent> events_where(io::Database& database, const std::string& condition, const Values& values) {
  std::vector<LedgerEvent> events;
  database.each(select_sql(table("events")) + condition, values,
                [&](const io::Row& row) { events.push_back(event_of(row)); });
  return events;
}

}  // namespace

std::vector<LedgerEvent> Ledger::events(const std::string& subject) const {
  return events_where(*implementation_->database, " WHERE subject = $1 ORDER BY sequence", {subject});
}

std::vector<LedgerEvent> Ledger::events_after(std::int64_t sequence, std::size_t limit) const {
  return events_where(*implementation_->database,
                      " WHERE sequence > $1 ORDER BY sequence" + (limit ? fmt::format(" LIMIT {}", limit) : ""),
                      {sequence});
}

std::vector<SceneRecord> Ledger::scenes() const {
  std::vector<SceneRecord> all;
  implementation_->database->each(select_sql(table("scenes")) + " ORDER BY date, scene_id", {},
                                  [&](const io::Row& row) { all.push_back(scene_row(row)); });
  return all;
}

std::optional<SceneRecord> Ledger::find_scene(const std::string& scene_id) const {
  std::optional<SceneRecord> found;
  implementation_->database->each(select_sql(table("scenes")) + " WHERE scene_id = $1", {scene_id},
                                  [&](const io::Row& row) { found = scene_row(row); });
  return found;
}

std::vector<ScanRecord> Ledger::scans() const {
  std::vector<ScanRecord> all;
  implementation_->database->each(select_sql(table("scans")) + " ORDER BY after_date, scan_id", {},
                                  [&](const io::Row& row) { all.push_back(scan_row(row)); });
  return all;
}

std::optional<ScanRecord> Ledger::find_scan(const std::string& scan_id) const {
  std::optional<ScanRecord> found;
  implementation_->database->each(select_sql(table("scans")) + " WHERE scan_id = $1", {scan_id},
                                  [&](const io::Row& row) { found = scan_row(row); });
  return found;
}

std::vector<ObservationRecord> Ledger::observations(const std::string& plot_code) const {
  std::string columns;
  for (const Column& c : table("observations").columns) columns += "o." + c.name + ", ";
  const auto more = static_cast<int>(table("observations").columns.size());
  std::vector<ObservationRecord> all;
  std::optional<Date> last_clear;
  implementation_->database->each(
      fmt::format("SELECT {}s.scan_id, s.before_date, s.after_date FROM plot_codes p "
                  "JOIN observations o ON o.plot_no = p.fid JOIN scans s ON s.fid = o.scan_no WHERE p.code = $1 "
                  "ORDER BY s.after_date, s.scan_id",
                  columns),
      {plot_code}, [&](const io::Row& row) {
        ObservationRecord o;
        o.observation = observation_row(row).observation;
        o.observation.code = plot_code;
        o.scan_id = row.text(more);
        o.before_date = date_at(row, more + 1).value_or(Date{});
        o.after_date = date_at(row, more + 2).value_or(Date{});
        const auto clear_on = [&](const Date& day) {
          if (!last_clear || *last_clear < day) last_clear = day;
        };
        if (o.observation.before_clear_share >= 0.5) clear_on(o.before_date);
        if (o.observation.after_clear_share >= 0.5) clear_on(o.after_date);
        o.observation.last_clear = last_clear;
        if (last_clear)
          o.observation.days_since_clear = static_cast<int>((o.after_date.days() - last_clear->days()).count());
        all.push_back(std::move(o));
      });
  return all;
}

std::vector<std::optional<Date>> Ledger::last_clear(const Date& day) const {
  std::map<std::string, Date> newest;
  for (const char* side : {"after", "before"})
    implementation_->database->each(
        fmt::format("SELECT p.code, max(s.{0}_date) FROM observations o JOIN scans s ON s.fid = o.scan_no "
                    "JOIN plot_codes p ON p.fid = o.plot_no WHERE o.{0}_clear >= $1 AND s.{0}_date <= $2 "
                    "GROUP BY p.code",
                    side),
        {half, day.iso()}, [&](const io::Row& row) {
          const Date seen = date_at(row, 1).value_or(Date{});
          Date& known = newest.emplace(row.text(0), seen).first->second;
          known = std::max(known, seen);
        });
  std::vector<std::optional<Date>> dates;
  for (const Plot& plot : plots(day).plots) {
    const auto found = newest.find(plot.code);
    dates.push_back(found == newest.end() ? std::nullopt : std::optional(found->second));
  }
  return dates;
}

}  // namespace plotwatch::ledger
