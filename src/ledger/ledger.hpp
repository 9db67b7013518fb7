// The lasting record over all scans: what is new, what was confirmed, what people said, and what could not be seen.
//
// A ledger lies in a GeoPackage (opens in QGIS) or in PostgreSQL with PostGIS; `where` is a path or a
// "postgresql://…" URL. What happened is a chain of events that only grows. It holds everything but the sightings and
// observations of scans, of which it holds the hashes; every other table can be made again from it and them, which
// verify() does. Messages and what was told are outside of it. docs/ledger.md lists the events. Each call below that
// writes is one transaction: all of it is there afterwards or none. Two writers wait for each other. Throws
// Error(input) for what is no ledger, Error(mismatch) for a ledger of a newer schema, Error(output) when it cannot be
// written (permission, disk full, connection lost).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/ledger.hpp"
#include "model/rule.hpp"

namespace plotwatch::ledger {

struct LedgerSettings {
  Crs crs;  // of all geometry; projected, metres
  std::string district;
  CasePolicy policy;
};

enum class Access { read, write };

// Empty members leave nothing out.
struct CaseFilter {
  std::optional<bool> open;
  std::vector<Tier> tiers;
  std::vector<std::string> units, statuses, rules, plots;
  std::vector<Severity> severities;
  std::vector<Judgement> judgements;
  std::optional<Date> first_seen_from, first_seen_to, overdue_on;
  std::string text;                   // in id, plot code or plot name
  std::size_t offset = 0, limit = 0;  // 0: all
};

// What recording one scan did.
struct RecordedScan {
  bool was_recorded = false;  // before this call: nothing was done
  std::vector<std::string> opened, seen, confirmed, established, gone, suppressed;  // case ids
};

struct Problem {
  std::int64_t sequence = 0;  // event at which it shows; 0: a table
  std::string what;
};

class Ledger {
 public:
  // A new, empty ledger. Throws Error(output) when there is one already.
  static Ledger create(const std::string& where, const LedgerSettings& settings, const Stamp& stamp);
  // Brings an older schema up to date when opened for writing.
  static Ledger open(const std::string& where, Access access);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  const LedgerSettings& settings() const;
  const std::string& id() const;  // of this ledger, made at creation
  void change_policy(const CasePolicy& policy, const Stamp& stamp);

  // --- what nights record
  // Plots as they hold from `day` on; the same again changes nothing. Returns whether anything changed.
  bool record_register(const PlotRegister& plots, const std::string& sha256, const Date& day, const Stamp& stamp);
  // Adds or updates by id.
  void record_scene(const SceneRecord& scene, const Stamp& stamp);
  // Matches candidates to cases and takes the looks. `clear_share(polygons)` tells how much of this ground (ledger's
  // CRS) was clear on both dates of the scan, [0, 1]; it is asked for the parts of plots that were clear in part, at
  // most 36 a plot, and kept: a case may be found, or moved, by a scan that comes later. Plots come from
  // record_register(); of one that is not known its own clear_share stands for all of it. A scan without the case is a
  // miss only when its before date is one on which nothing was there yet (Case::last_clear_before or earlier). Scans
  // may come in any order of their dates; a case is the same whatever the order. Idempotent by scan.id.
  RecordedScan record_scan(const ScanRecord& scan, const Crs& crs, std::span<const Candidate> candidates,
                           std::span<const PlotObservation> observations, const WorkCalendar& calendar,
                           const std::function<double(const MultiPolygon&)>& clear_share, const Stamp& stamp);

  // --- what people say; Error(usage) for what cannot be said of this case, with the reason. `expected`: the last event
  // of the case that the person knew of; Error(mismatch), and nothing is said, when there is a newer one
  void judge(const std::string& case_id, Judgement judgement, const std::string& reason, const Stamp& stamp,
             std::optional<std::int64_t> expected = {});
  // Another person than the one who judged.
  void agree(const std::string& case_id, const Stamp& stamp, std::optional<std::int64_t> expected = {});
  // Takes the last judgement back; both stay in the chain.
  void undo(const std::string& case_id, const Stamp& stamp, std::optional<std::int64_t> expected = {});
  void assign(const std::string& case_id, const std::string& to, const Stamp& stamp);
  void annotate(const std::string& case_id, const std::string& text, const Stamp& stamp);
  void close(const std::string& case_id, const std::string& reason, const Stamp& stamp);
  void reopen(const std::string& case_id, const std::string& reason, const Stamp& stamp);
  void penalised(const std::string& case_id, const Date& day, const std::string& document, const Stamp& stamp);
  void put_right(const std::string& case_id, const Date& day, const std::string& note, const Stamp& stamp);

  // --- reading
  std::vector<Case> cases(const CaseFilter& filter) const;  // severity, then deadline, then score
  std::size_t count(const CaseFilter& filter) const;
  std::optional<Case> find_case(const std::string& case_id) const;
  std::vector<Sighting> sightings(const std::string& case_id) const;  // by after date
  std::vector<CaseLook> looks(const std::string& case_id) const;      // by after date
  std::vector<LedgerEvent> events(const std::string& subject) const;
  std::vector<LedgerEvent> events_after(std::int64_t sequence, std::size_t limit = 0) const;
  std::int64_t last_sequence() const;
  std::int64_t last_event(const std::string& subject) const;  // its sequence; 0: none
  std::vector<SceneRecord> scenes() const;                    // by date, then id
  std::optional<SceneRecord> find_scene(const std::string& scene_id) const;
  std::vector<ScanRecord> scans() const;  // by after date, then id
  std::optional<ScanRecord> find_scan(const std::string& scan_id) const;
  PlotRegister plots(const Date& day) const;                                        // as they hold on that day
  std::vector<ObservationRecord> observations(const std::string& plot_code) const;  // by after date
  // The newest date on which each plot was clear, in the order of plots(day); empty: never.
  std::vector<std::optional<Date>> last_clear(const Date& day) const;

  // --- messages. `through`: the last event that the messages tell of, for this channel.
  std::int64_t told_through(const std::string& channel) const;
  void queue(const std::string& channel, std::int64_t through, std::span<const OutboxMessage> messages);
  std::vector<OutboxMessage> outbox(std::optional<OutboxMessage::State> state = {}) const;  // in the order of queueing
  void update_message(const OutboxMessage& message);  // state, attempts, next attempt, error

  // --- keeping
  // Recomputes the chain and every table from it; an empty list: nothing was changed, removed or reordered.
  std::vector<Problem> verify() const;
  // The hash of the last event: printed and kept elsewhere, it shows a chain that was cut off at the end.
  std::string head() const;
  // A whole copy into a new ledger, of either kind, that verifies; also how a ledger is restored or moved.
  void copy_to(const std::string& where) const;
  // Takes in what another ledger knows and this one does not: its scans, and what people said there.
  struct Merged {
    std::size_t scans = 0, judgements = 0, skipped = 0;
  };
  Merged merge(const Ledger& other, const Stamp& stamp);

 private:
  struct Implementation;
  explicit Ledger(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace plotwatch::ledger
