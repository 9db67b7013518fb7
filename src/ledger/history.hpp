// From everything that was recorded of one plot to its cases: a pure function. Nothing depends on the order in which
// scans were recorded; only the ids of cases, once given, stay with their sightings.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/working_days.hpp"
#include "ledger/clear_map.hpp"
#include "model/ledger.hpp"

namespace plotwatch::ledger {

// A candidate as it was recorded; its geometry in the ledger's CRS.
struct RecordedSighting {
  std::string id, scan_id;
  Date before_date, after_date;
  Candidate candidate;
  std::optional<int> deadline_days;  // working days from the after date to the rule's deadline
};

// What of the plot one scan could see on both dates.
struct PlotView {
  std::string scan_id;
  Date before_date, after_date;
  double clear_share = 0;               // of the whole plot, [0, 1]
  std::optional<ClearMap> cells;        // where the plot was clear in part
  std::array<double, 5> after_cover{};  // shares of each Cover among what was clear on both dates
};

// The sighting that a case got its id for. The id belongs to the case that holds this sighting.
struct CaseName {
  std::string case_id, sighting_id;
};

// What a person said of a case, when it had been looked at last on `through`.
struct Said {
  enum class Kind { judged, agreed, undone, assigned, annotated, closed, reopened, penalised, put_right };
  std::int64_t sequence = 0;  // of the event
  Stamp stamp;
  Kind kind = Kind::annotated;
  std::string case_id;
  Judgement judgement = Judgement::none;
  std::string text;         // reason, name, document or note
  std::optional<Date> day;  // of the penalty or of being put right
  Date through;
  std::int64_t undoes = 0;  // sequence of the judgement that is taken back
};

struct PlotHistory {
  std::string plot_code;                    // empty: outside all plots
  std::vector<RecordedSighting> sightings;  // in any order
  std::vector<PlotView> views;              // in any order
  std::vector<CaseName> names;              // in the order in which they were given
  std::vector<Said> said;                   // in the order of events
};

struct CaseHistory {
  Case record;
  bool named_now = false;              // no name was there: record.id is new, given for sightings.front()
  std::vector<std::size_t> sightings;  // of PlotHistory::sightings, by after date
  std::vector<bool> suppressed;        // parallel
  std::vector<CaseLook> looks;         // by after date; the first may be the last clear one before the start
};

// In the order in which the cases began.
std::vector<CaseHistory> case_histories(const PlotHistory& history, const CasePolicy& policy,
                                        const WorkCalendar& calendar);

// The ground was settled as no matter for a visit: what is seen on it is kept and not shown, unless it grows.
bool dismisses(Judgement judgement);
bool awaits_visit(Judgement judgement);  // not reviewed, suspected, unclear: the deadline runs

}  // namespace plotwatch::ledger
