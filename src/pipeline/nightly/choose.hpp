// Which earlier scene each plot is compared with.
//
// A change that went unnoticed would vanish for good once its picture became the reference. So a plot's reference is
// never a scene on which one of its cases may already be seen, and it moves on only over dates on which the plot was
// looked at and nothing was found.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/ledger.hpp"
#include "model/nightly.hpp"
#include "pipeline/nightly/scene_look.hpp"

namespace plotwatch::pipeline::nightly {

// Days that cannot be a plot's reference.
struct ReferenceBounds {
  struct Span {
    Date from, to;  // inclusive
  };
  std::optional<Date> not_after;  // the last day before the oldest open case may have begun
  std::vector<Span> barred;       // while a case that is gone was seen
};

// Of all cases of one plot: an open one bars everything after its last clear date before it was seen, or from its
// first sighting on where there is none; one that is gone bars the days on which it was seen; one that a person closed
// as permitted, farm work, remediation or false bars nothing, since what is there now is accepted.
ReferenceBounds reference_bounds(std::span<const Case> cases_of_plot);

bool may_be_reference(const ReferenceBounds& bounds, const Date& date);

// How unlike two scenes of one plot are for reasons other than construction; smaller is better. The sum of: days
// between their seasons / season_days; 1 where less than 330 days lie between them (slow work is half absorbed by a
// reference that near); 0.25 a year between them; what is not clear on the reference; 1 for another sensor; 0.3 for
// another orbit.
double reference_cost(const SceneLook& before, const SceneLook& after, float clear_before,
                      const ChooseOptions& options);

struct ChosenPair {
  std::string before, after;       // SceneLook::id
  std::vector<std::string> plots;  // codes, sorted
  std::string reason;              // "same season of 2025", "newest reference"
};

struct Choice {
  std::vector<ChosenPair> pairs;          // most plots first, then by the before scene's date and id
  std::vector<std::string> not_clear;     // plots that the after scene does not show
  std::vector<std::string> no_reference;  // plots it shows, without any scene to compare with
};

// Pure: the same arguments, whatever the order of `past` and `plots`, give the same choice. `past`: scenes that were
// used; those not older than the after scene by min_gap_days are passed over. `bounds` by plot code; a plot without an
// entry has none.
//
// Each plot wants its cheapest reference. So that a night is a handful of scans, references are taken one after the
// other, each the one that most plots accept: those for which it costs at most 0.3 more than their cheapest. After
// max_pairs of them the other plots take the cheapest of those taken that they may use.
Choice choose(const SceneLook& after, std::span<const SceneLook> past,
              const std::map<std::string, ReferenceBounds>& bounds, const ChooseOptions& options);

}  // namespace plotwatch::pipeline::nightly
