#include "ledger/case_record.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

namespace plotwatch::ledger {
namespace {

constexpr const char* outside_plots = "OUTSIDE";

// Ids that were given stay with the sighting they were given for; of several in one case the first given.
class Names {
 public:
  explicit Names(const PlotHistory& history) : plot_(history.plot_code.empty() ? outside_plots : history.plot_code) {
    for (std::size_t i = 0; i < history.names.size(); ++i) {
      order_.emplace(history.names[i].sighting_id, i);
      ids_.push_back(history.names[i].case_id);
      taken_.insert(history.names[i].case_id);
    }
  }

  std::string name(const PlotHistory& history, const Track& track, bool& is_new) {
    std::size_t first = ids_.size();
    for (const std::size_t i : track.sightings)
      if (const auto found = order_.find(history.sightings[i].id); found != order_.end())
        first = std::min(first, found->second);
    is_new = first == ids_.size();
    if (!is_new) return ids_[first];
    std::string day = history.sightings[track.sightings.front()].after_date.iso();
    std::erase(day, '-');
    for (int n = 1;; ++n) {
      std::string id = fmt::format("{}-{}-{}", plot_, day, n);
      if (taken_.insert(id).second) return id;
    }
  }

 private:
  std::string plot_;
  std::map<std::string, std::size_t> order_;
  std::vector<std::string> ids_;
  std::set<std::string> taken_;
};

bool more_severe(const RecordedSighting& a, const RecordedSighting& b) {
  const Candidate &x = a.candidate, &y = b.candidate;
  if (x.verdict.severity != y.verdict.severity) return x.verdict.severity < y.verdict.severity;
  if (a.after_date != b.after_date) return a.after_date > b.after_date;
  return x.area_m2 != y.area_m2 ? x.area_m2 > y.area_m2 : a.id < b.id;
}

const RecordedSighting& most_severe(const PlotHistory& history, const std::vector<std::size_t>& among) {
  return history.sightings[*std::min_element(among.begin(), among.end(), [&](std::size_t a, std::size_t b) {
    return more_severe(history.sightings[a], history.sightings[b]);
  })];
}

// The rule of the most severe sighting since the case was judged last, or came back.
const RecordedSighting& deciding(const PlotHistory& history, const Track& track) {
  const Date from = track.judged ? track.judged->through : track.since;
  std::vector<std::size_t> recent;
  for (std::size_t i = 0; i < track.sightings.size(); ++i)
    if (!track.suppressed[i] && history.sightings[track.sightings[i]].after_date >= from)
      recent.push_back(track.sightings[i]);
  return most_severe(history, recent.empty() ? track.latest : recent);
}

Case record_of(const PlotHistory& history, const Track& track, const CasePolicy& policy, const WorkCalendar& calendar) {
  const RecordedSighting& latest = most_severe(history, track.latest);
  const Candidate& shown = latest.candidate;
  Case c;
  c.plot_code = history.plot_code;
  c.plot_name = shown.plot_name;
  c.plot_status = shown.plot_status;
  c.unit = shown.plot_unit;
  c.geometry = track.outline;
  c.representative_lonlat = shown.representative_lonlat;
  c.area_m2 = track.area_m2;
  c.largest_area_m2 = track.largest_area_m2;
  c.tier = track.tier(policy);
  c.open = track.open();
  c.last_clear_before = track.absent_on;
  c.first_seen = track.first_seen;
  c.last_seen = track.last_seen;
  c.last_look = track.last_look;
  c.confirmed_on = track.confirmed_on;
  c.sightings = track.seen;
  c.looks = track.looked;
  c.misses = track.misses;
  c.transition = shown.transition;
  c.mean_score = shown.mean_score;
  c.confidence = shown.confidence;
  const RecordedSighting& rule = deciding(history, track);
  c.rule = rule.candidate.verdict;
  if (track.confirmed_on && rule.deadline_days)
    c.deadline = add_working_days(*track.confirmed_on, *rule.deadline_days, calendar);
  c.judgement = track.judgement();
  if (track.judged) {
    c.judged_at = track.judged->stamp.at;
    c.judged_by = track.judged->stamp.actor;
    c.judgement_reason = track.judged->text;
  }
  c.second_person = track.second_person;
  c.assigned_to = track.assigned_to;
  c.penalised_on = track.penalised_on;
  c.put_right_on = track.put_right_on;
  return c;
}

}  // namespace

std::vector<CaseHistory> case_records(const PlotHistory& history, const std::vector<Track>& tracks,
                                      const CasePolicy& policy, const WorkCalendar& calendar) {
  Names names(history);
  std::vector<CaseHistory> cases;
  for (const Track& track : tracks) {
    CaseHistory one;
    one.record = record_of(history, track, policy, calendar);
    one.record.id = names.name(history, track, one.named_now);
    one.sightings = track.sightings;
    one.suppressed = track.suppressed;
    one.looks = track.looks;
    cases.push_back(std::move(one));
  }
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    for (const std::size_t p : tracks[t].parents) cases[t].record.parents.push_back(cases[p].record.id);
    if (tracks[t].merged_into) cases[t].record.merged_into = cases[*tracks[t].merged_into].record.id;
  }
  return cases;
}

}  // namespace plotwatch::ledger
