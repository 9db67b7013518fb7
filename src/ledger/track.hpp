// One case while the history of its plot is gone through, date by date. Private to ledger.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ledger/history.hpp"

namespace plotwatch::ledger {

struct Track {
  enum class State {
    live,       // what is seen on its ground is a sighting of it
    gone,       // missed too often: what is seen again on its ground is a new case
    dismissed,  // a person settled it: swallows what is seen on its ground
    closed,     // likewise, by closing it
    merged      // goes on as another
  };
  State state = State::live;
  std::vector<std::size_t> sightings;  // of PlotHistory::sightings
  std::vector<bool> suppressed;        // parallel
  std::vector<std::size_t> latest;     // those of its last date
  MultiPolygon ground;                 // all that was ever seen of it, since the last split
  MultiPolygon outline;                // on its last date
  double area_m2 = 0, largest_area_m2 = 0;
  Date first_seen, last_seen, last_look;
  Date absent_on;       // the last date on which it was not there yet
  Date since;           // the tier is counted from here: the first sighting, or the one with which it came back
  double evidence = 0;  // CasePolicy
  int seen_since = 0, seen = 0, looked = 0, misses = 0;
  int apart = 0;  // dates in a row on which it was seen in pieces
  std::optional<Date> confirmed_on;
  std::vector<CaseLook> looks;
  std::vector<std::size_t> parents;
  std::optional<std::size_t> merged_into;

  // What people said.
  const Said* judged = nullptr;
  bool second_person = false;
  double judged_area_m2 = 0;
  Severity judged_severity = Severity::P3;
  std::string assigned_to;
  std::optional<Date> penalised_on, put_right_on;

  Judgement judgement() const { return judged ? judged->judgement : Judgement::none; }
  bool settled() const { return state == State::dismissed || state == State::closed; }

  // `worth`: of the sighting of that date that speaks most for construction, [0, 1].
  void saw(const Date& day, CaseLook look, double worth, const CasePolicy& policy);
  void missed(const Date& day, CaseLook look, const CasePolicy& policy);
  void apply(const Said& said);
  void come_back(const Date& day);
  void take_evidence_of(const Track& other);  // that goes on as this one
  Tier tier(const CasePolicy& policy) const;
  bool open() const { return state == State::live; }
};

}  // namespace plotwatch::ledger
