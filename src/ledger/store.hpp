// What the parts of Ledger share: the open database and what it says of itself. Private to ledger.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ledger/chain.hpp"
#include "ledger/ledger.hpp"
#include "ledger/rows.hpp"
#include "ledger/schema.hpp"

namespace plotwatch::ledger {

struct Ledger::Implementation {
  std::unique_ptr<io::Database> database;
  std::string id;
  LedgerSettings settings;
  WorkCalendar calendar;  // of the last scan that was recorded

  // Another writer may have changed policy and calendar: called in every transaction that writes.
  void load();

  // Runs `action` in one transaction after the stamp was checked. `purpose` completes "could not …".
  template <class Action>
  auto change(const Stamp& stamp, const std::string& purpose, Action action) {
    check(stamp);
    io::Transaction transaction = io::Transaction::write(*database, purpose, "ledger_info");
    load();
    auto result = action();
    transaction.commit();
    return result;
  }
};

void set_info(io::Database& database, const std::string& key, const std::string& value);
std::int64_t next_fid(io::Database& database, const std::string& table);
Json settings_json(const LedgerSettings& settings);
// Throws Error(config) with every problem.
void check(const CasePolicy& policy);

// Everything recorded of one plot.
PlotHistory load_history(io::Database& database, const std::string& plot_code);
std::vector<std::string> plots_with_sightings(io::Database& database);

// Brings the cases of a plot up to date: ids, rows, the sightings' cases; with a scan also the events of what became of
// them, told in `told`.
void project(io::Database& database, const std::string& plot_code, const CasePolicy& policy,
             const WorkCalendar& calendar, const Stamp& stamp, const std::string& scan_id, RecordedScan& told);

std::optional<Said::Kind> said_kind(const std::string& event_kind);
Said said_of(const LedgerEvent& event);

// Rows of `plots` after an event `register_recorded`: ends and begins rows as its payload says.
void apply_register(std::vector<PlotRow>& rows, const Json& payload);
std::vector<PlotRow> plot_rows(io::Database& database);

// What the event of a scan seals, read back from the tables.
std::string sightings_seal(io::Database& database, const std::string& scan_id);
std::string observations_seal(io::Database& database, std::int64_t scan_no);

}  // namespace plotwatch::ledger
