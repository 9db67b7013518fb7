// What another office knows: its scans, and what its people said.
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

std::vector<ScanContents> unknown_scans(io::Database& from, io::Database& to) {
  std::vector<ScanContents> all;
  std::map<std::int64_t, std::size_t> of_number;
  from.each(select_sql(table("scans")) + " ORDER BY fid", {}, [&](const io::Row& row) {
    const ScanRecord scan = scan_row(row);
    if (is_recorded(to, scan.id)) return;
    of_number[row.integer(0)] = all.size();
    all.push_back({scan, {}, {}});
  });
  std::string columns;
  for (const Column& c : table("observations").columns) columns += (columns.empty() ? "o." : ", o.") + c.name;
  const auto code_at = static_cast<int>(table("observations").columns.size());
  for (auto& [number, i] : of_number) {
    from.each(select_sql(table("sightings")) + " WHERE scan_id = $1 ORDER BY fid", {all[i].scan.id},
              [&](const io::Row& row) { all[i].sightings.push_back(sighting_row(row).sighting); });
    from.each(fmt::format("SELECT {}, p.code FROM observations o JOIN plot_codes p ON p.fid = o.plot_no "
                          "WHERE o.scan_no = $1 ORDER BY p.code",
                          columns),
              {number}, [&](const io::Row& row) {
                ObservationRow o = observation_row(row);
                o.observation.code = row.text(code_at);
                all[i].observations.push_back({std::move(o.observation), std::move(o.cells)});
              });
  }
  return all;
}

// Takes over what people said there of cases whose first sighting is known here.
class SayingsOfOthers {
 public:
  SayingsOfOthers(io::Database& from, io::Database& to) : from_(from), to_(to) {
    to.each(select_sql(table("events")) + " ORDER BY sequence", {}, [&](const io::Row& row) {
      if (!said_kind(row.text(3))) return;
      const LedgerEvent e = event_of(row);
      here_[e.hash] = e.sequence;
      const Json payload = Json::parse(e.payload);
      if (payload.contains("origin")) here_[payload.at("origin").get<std::string>()] = e.sequence;
    });
  }

  void take_over(Ledger::Merged& merged) {
    std::map<std::int64_t, std::int64_t> sequence_here;
    from_.each(select_sql(table("events")) + " ORDER BY sequence", {}, [&](const io::Row& row) {
      if (!said_kind(row.text(3))) return;
      const LedgerEvent e = event_of(row);
      Json payload = Json::parse(e.payload);
      // It may have come from here, or by way of a third office.
      for (const std::string& origin : {e.hash, payload.value("origin", e.hash)})
        if (const auto known = here_.find(origin); known != here_.end()) {
          sequence_here[e.sequence] = known->second;
          return;
        }
      const std::optional<std::string> case_id = case_here(e.subject);
      const auto of =
          payload.contains("of") ? sequence_here.find(payload.at("of").get<std::int64_t>()) : sequence_here.end();
      if (!case_id || (payload.contains("of") && of == sequence_here.end())) {
        ++merged.skipped;
        return;
      }
      if (payload.contains("of")) payload["of"] = of->second;
      if (!payload.contains("origin")) payload["origin"] = e.hash;
      sequence_here[e.sequence] = append(to_, e.stamp, e.kind, *case_id, payload).sequence;
      ++merged.judgements;
    });
  }

  const std::set<std::string>& plots() const { return plots_; }

 private:
  std::optional<std::string> case_here(const std::string& case_there) {
    std::string sighting;
    from_.each("SELECT sighting_id FROM case_names WHERE case_id = $1", {case_there},
               [&](const io::Row& row) { sighting = row.text(0); });
    std::optional<std::string> found;
    to_.each("SELECT case_id, plot_code FROM sightings WHERE sighting_id = $1", {sighting}, [&](const io::Row& row) {
      found = row.text(0);
      plots_.insert(row.text(1));
    });
    return found;
  }

  io::Database &from_, &to_;
  std::map<std::string, std::int64_t> here_;  // hash of an event, or of the one it was taken from -> sequence here
  std::set<std::string> plots_;
};

}  // namespace

Ledger::Merged Ledger::merge(const Ledger& other, const Stamp& stamp) {
  Implementation& self = *implementation_;
  io::Database& from = *other.implementation_->database;
  if (!io::same_crs(settings().crs, other.settings().crs))
    throw Error(ExitCode::mismatch,
                fmt::format("the ledgers lie in different systems: {} and {}", io::crs_name(settings().crs),
                            io::crs_name(other.settings().crs)),
                from.where(), "Ledgers of one district share a CRS; ask the other office for its scans instead.");
  if (const std::vector<Problem> problems = other.verify(); !problems.empty())
    throw Error(ExitCode::input, "the other ledger does not verify: " + problems.front().what, from.where(),
                "plotwatch ledger verify lists all problems; take a copy that verifies.");
  return self.change(stamp, "merge ledgers", [&] {
    io::Database& to = *self.database;
    io::Transaction one_state = io::Transaction::read(from, "read the other ledger");
    Merged merged;
    RecordedScan told;
    for (ScanContents& contents : unknown_scans(from, to)) {
      record(to, std::move(contents), self.settings.policy, self.calendar, false, stamp, told);
      ++merged.scans;
    }
    SayingsOfOthers sayings(from, to);
    sayings.take_over(merged);
    if (merged.judgements > 0)
      for (const std::string& code : sayings.plots())
        project(to, code, self.settings.policy, self.calendar, stamp, "", told);
    if (merged.scans > 0 || merged.judgements > 0)
      append(to, stamp, "ledger_merged", other.id(),
             {{"head", other.head()}, {"scans", merged.scans}, {"judgements", merged.judgements}});
    one_state.commit();
    return merged;
  });
}

}  // namespace plotwatch::ledger
