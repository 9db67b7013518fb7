// Records as rows of tables, and back. One function a table for each way, in the order of the table's columns. Private
// to ledger.
#pragma once

#include "io/database.hpp"
#include "ledger/chain.hpp"
#include "ledger/history.hpp"

namespace plotwatch::ledger {

using Values = io::Database::Values;

// A row of `sightings`. case_id and suppressed are derived, all else is sealed by the event of its scan.
struct SightingRow {
  std::int64_t fid = 0;
  RecordedSighting sighting;
  std::string case_id;
  bool suppressed = false;
};
Values row_of(const SightingRow& row);
SightingRow sighting_row(const io::Row& row);
Json seal_of(const SightingRow& row);  // what the scan's event covers

struct ObservationRow {
  std::int64_t plot_no = 0, scan_no = 0;
  PlotObservation observation;  // shares rounded to ten-thousandths; without code and last clear day
  std::string cells;            // ClearMap as bytes; may be empty
};
Values row_of(const ObservationRow& row);
void set_cover(PlotObservation& o, const std::string& bytes);  // of column `cover`
ObservationRow observation_row(const io::Row& row);
Json seal_of(const ObservationRow& row, const std::string& plot_code);

Values row_of(std::int64_t fid, const Case& c);
Case case_of(const io::Row& row);  // without largest parts of the candidate: see Case

Values row_of(std::int64_t fid, const SceneRecord& scene);
SceneRecord scene_row(const io::Row& row);
Values row_of(std::int64_t fid, const ScanRecord& scan);
ScanRecord scan_row(const io::Row& row);

struct PlotRow {
  std::int64_t fid = 0;
  Plot plot;  // with listed_from and listed_to
  std::int64_t position = 0;
  std::string details;  // JSON of the plot
};
Values row_of(const PlotRow& row);
PlotRow plot_row(const io::Row& row);

Values row_of(std::int64_t fid, const OutboxMessage& message);
OutboxMessage message_row(const io::Row& row);

// Text that sorts cases by severity, deadline and score.
std::string queue_key(const Case& c);

io::SqlValue date_value(const std::optional<Date>& date);
std::optional<Date> date_at(const io::Row& row, int column);

}  // namespace plotwatch::ledger
