#include "ledger/history.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "io/geometry_ops.hpp"
#include "ledger/case_record.hpp"
#include "ledger/match.hpp"
#include "ledger/track.hpp"
#include "ledger/worth.hpp"

namespace plotwatch::ledger {
namespace {

class Fold {
 public:
  Fold(const PlotHistory& history, const CasePolicy& policy) : history_(history), policy_(policy) {
    for (const CaseName& name : history.names) anchor_.emplace(name.case_id, name.sighting_id);
    std::set<std::int64_t> undone;
    for (const Said& said : history.said)
      if (said.kind == Said::Kind::undone) undone.insert(said.undoes);
    for (const Said& said : history.said)
      if (!undone.contains(said.sequence) && !(said.kind == Said::Kind::agreed && undone.contains(said.undoes)))
        said_.push_back(&said);
    std::stable_sort(said_.begin(), said_.end(), [](const Said* a, const Said* b) { return a->through < b->through; });

    // By scan within a date, so that the order of arrival does not show.
    for (std::size_t i = 0; i < history.sightings.size(); ++i) days_[history.sightings[i].after_date].seen.push_back(i);
    for (std::size_t i = 0; i < history.views.size(); ++i) days_[history.views[i].after_date].views.push_back(i);
    for (auto& [date, day] : days_) {
      std::sort(day.seen.begin(), day.seen.end(),
                [&](std::size_t a, std::size_t b) { return history.sightings[a].id < history.sightings[b].id; });
      std::sort(day.views.begin(), day.views.end(),
                [&](std::size_t a, std::size_t b) { return history.views[a].scan_id < history.views[b].scan_id; });
    }
  }

  std::vector<Track> run() {
    for (const auto& [date, day] : days_) {
      const std::vector<std::size_t> rest = swallow(date, day.seen);
      see(date, rest);
      for (std::size_t t = 0; t < tracks_.size(); ++t)
        if (tracks_[t].state == Track::State::live && !(tracks_[t].last_seen == date)) look_for(tracks_[t], date, day);
      say(date);
    }
    say(std::nullopt);
    return std::move(tracks_);
  }

 private:
  struct Day {
    std::vector<std::size_t> seen, views;
  };

  const RecordedSighting& sighting(std::size_t i) const { return history_.sightings[i]; }
  const MultiPolygon& outline(std::size_t i) const { return sighting(i).candidate.geometry; }

  // Settled cases take what lies on their ground, and come back when it grew. Gives back the other sightings.
  std::vector<std::size_t> swallow(const Date& date, const std::vector<std::size_t>& seen) {
    std::vector<std::size_t> rest;
    std::map<std::size_t, std::vector<std::size_t>> taken;
    for (const std::size_t i : seen) {
      std::optional<std::size_t> by;
      double most = 0;
      bool on_live_ground = false;
      for (std::size_t t = 0; t < tracks_.size(); ++t) {
        if (tracks_[t].state == Track::State::live)
          on_live_ground = on_live_ground || overlaps(outline(i), tracks_[t].ground, policy_);
        if (!tracks_[t].settled()) continue;
        const double share = overlap(outline(i), tracks_[t].ground);
        if (share >= policy_.match_overlap && share > most) by = t, most = share;
      }
      if (by && !on_live_ground)
        taken[*by].push_back(i);
      else
        rest.push_back(i);
    }
    for (const auto& [t, mine] : taken) {
      Track& track = tracks_[t];
      const bool back = comes_back(track, mine);
      if (back) track.come_back(date);
      add(t, date, mine, !back);
    }
    return rest;
  }

  bool comes_back(const Track& track, const std::vector<std::size_t>& mine) const {
    const double now = area_m2(united(mine), mine);
    if (now >= policy_.regrow_ratio * track.judged_area_m2 && now - track.judged_area_m2 >= policy_.regrow_min_area_m2)
      return true;
    // Of a false change the severity means nothing; work that was allowed may turn into work that was not.
    if (track.judgement() == Judgement::false_change) return false;
    return std::any_of(mine.begin(), mine.end(),
                       [&](std::size_t i) { return sighting(i).candidate.verdict.severity < track.judged_severity; });
  }

  void see(const Date& date, const std::vector<std::size_t>& seen) {
    std::vector<std::size_t> live;
    std::vector<const MultiPolygon*> grounds, outlines;
    for (std::size_t t = 0; t < tracks_.size(); ++t)
      if (tracks_[t].state == Track::State::live) live.push_back(t), grounds.push_back(&tracks_[t].ground);
    for (const std::size_t i : seen) outlines.push_back(&outline(i));
    const std::vector<Group> groups = group(grounds, outlines, policy_);
    for (const Group& g : groups) {
      std::vector<std::size_t> members, cases;
      for (const std::size_t o : g.outlines) members.push_back(seen[o]);
      for (const std::size_t c : g.grounds) cases.push_back(live[c]);
      if (cases.empty()) {
        begin(date, members);
        continue;
      }
      const std::size_t goes_on = merge(cases);
      tracks_[goes_on].apart = g.pieces.size() > 1 ? tracks_[goes_on].apart + 1 : 0;
      if (tracks_[goes_on].apart >= policy_.confirm_looks && cases.size() == 1)
        split(goes_on, date, g, seen);
      else
        add(goes_on, date, members, false);
    }
  }

  void begin(const Date& date, const std::vector<std::size_t>& members) {
    Track track;
    track.first_seen = track.since = date;
    track.absent_on = sighting(members.front()).before_date;
    for (const std::size_t i : members) track.absent_on = std::max(track.absent_on, sighting(i).before_date);
    Date from = track.absent_on;
    for (std::size_t t = 0; t < tracks_.size(); ++t)
      if (tracks_[t].state == Track::State::gone)
        for (const std::size_t i : members)
          if (overlaps(outline(i), tracks_[t].ground, policy_)) {
            track.parents.push_back(t);
            from = std::max(from, tracks_[t].last_seen);
            break;
          }
    narrow_start(track, united(members), from, date);
    tracks_.push_back(std::move(track));
    add(tracks_.size() - 1, date, members, false);
  }

  // Clear looks at ground where nothing was yet. Only a comparison with a date before the start can say so: between two
  // later dates a finished building does not change.
  void narrow_start(Track& track, const MultiPolygon& ground, const Date& from, const Date& date) const {
    std::optional<CaseLook> last;
    for (auto day = days_.upper_bound(from); day != days_.end() && day->first < date; ++day)
      if (const std::optional<CaseLook> look = clear_look(day->second, ground, track.absent_on)) {
        track.absent_on = day->first;
        last = look;
      }
    if (last) track.looks.push_back(*last);
  }

  // The clearest of the day's looks at the ground, compared with a date on which nothing was there.
  std::optional<CaseLook> clear_look(const Day& day, const MultiPolygon& ground, const Date& absent_on) const {
    std::optional<CaseLook> best;
    for (const std::size_t v : day.views) {
      const PlotView& view = history_.views[v];
      if (view.before_date > absent_on) continue;
      const double share = share_of(view, ground);
      if (share >= policy_.look_clear_share && (!best || share > best->clear_share))
        best = CaseLook{view.before_date, view.after_date, view.scan_id, false, share, 0};
    }
    return best;
  }

  static double share_of(const PlotView& view, const MultiPolygon& ground) {
    return (view.cells ? clear_share(*view.cells, ground) : std::nullopt).value_or(view.clear_share);
  }

  std::size_t merge(const std::vector<std::size_t>& cases) {
    const auto reviewed =
        std::find_if(cases.begin(), cases.end(), [&](std::size_t t) { return tracks_[t].judged != nullptr; });
    const std::size_t goes_on = reviewed == cases.end() ? cases.front() : *reviewed;
    for (const std::size_t t : cases) {
      if (t == goes_on) continue;
      tracks_[t].state = Track::State::merged;
      tracks_[t].merged_into = goes_on;
      tracks_[goes_on].parents.push_back(t);
      tracks_[goes_on].ground = io::unite(tracks_[goes_on].ground, tracks_[t].ground);
      tracks_[goes_on].apart = 0;
      tracks_[goes_on].take_evidence_of(tracks_[t]);
    }
    return goes_on;
  }

  // The largest piece goes on as the case; the others begin cases that know what it knew.
  void split(std::size_t from, const Date& date, const Group& g, const std::vector<std::size_t>& seen) {
    std::vector<std::vector<std::size_t>> pieces;
    for (const auto& piece : g.pieces) {
      pieces.emplace_back();
      for (const std::size_t o : piece) pieces.back().push_back(seen[o]);
    }
    std::stable_sort(pieces.begin(), pieces.end(),
                     [&](const auto& a, const auto& b) { return area(united(a)) > area(united(b)); });
    tracks_[from].apart = 0;
    tracks_[from].ground = {};
    for (std::size_t p = 1; p < pieces.size(); ++p) {
      Track child = tracks_[from];
      child.sightings.clear();
      child.suppressed.clear();
      child.latest.clear();
      child.largest_area_m2 = 0;
      child.parents = {from};
      tracks_.push_back(std::move(child));
      add(tracks_.size() - 1, date, pieces[p], false);
    }
    add(from, date, pieces.front(), false);
  }

  void add(std::size_t t, const Date& date, const std::vector<std::size_t>& mine, bool suppressed) {
    Track& track = tracks_[t];
    for (const std::size_t i : mine) {
      track.sightings.push_back(i);
      track.suppressed.push_back(suppressed);
      owner_[sighting(i).id] = t;
    }
    track.latest = mine;
    track.outline = united(mine);
    track.ground = track.ground.empty() ? track.outline : io::unite(track.ground, track.outline);
    track.area_m2 = area_m2(track.outline, mine);
    track.largest_area_m2 = std::max(track.largest_area_m2, track.area_m2);
    // What a person who judges now has before him.
    if (!track.settled()) track.judged_severity = std::min(track.judged_severity, worst(mine));
    track.saw(date, seen_look(mine, track.outline), most_worth(mine, track.evidence > 0 ? track.first_seen : date),
              policy_);
  }

  Severity worst(const std::vector<std::size_t>& mine) const {
    Severity severity = Severity::P3;
    for (const std::size_t i : mine) severity = std::min(severity, sighting(i).candidate.verdict.severity);
    return severity;
  }

  double most_worth(const std::vector<std::size_t>& mine, const Date& from) const {
    double most = 0;
    for (const std::size_t i : mine) most = std::max(most, worth(history_, sighting(i), from, policy_));
    return most;
  }

  CaseLook seen_look(const std::vector<std::size_t>& mine, const MultiPolygon& ground) const {
    const RecordedSighting& first = sighting(mine.front());
    CaseLook look{first.before_date, first.after_date, first.scan_id, true, 1, 0};
    for (const PlotView& view : history_.views)
      if (view.scan_id == first.scan_id) look.clear_share = share_of(view, ground);
    return look;
  }

  void look_for(Track& track, const Date& date, const Day& day) {
    if (const std::optional<CaseLook> look = clear_look(day, track.ground, track.absent_on))
      track.missed(date, *look, policy_);
  }

  // What was said when `date` had been looked at; without a date all the rest.
  void say(const std::optional<Date>& date) {
    while (next_said_ < said_.size() && (!date || said_[next_said_]->through <= *date)) {
      const Said& said = *said_[next_said_++];
      const auto anchor = anchor_.find(said.case_id);
      if (anchor == anchor_.end()) continue;
      const auto owner = owner_.find(anchor->second);
      if (owner == owner_.end()) continue;
      std::size_t t = owner->second;
      while (tracks_[t].merged_into) t = *tracks_[t].merged_into;
      tracks_[t].apply(said);
    }
  }

  MultiPolygon united(const std::vector<std::size_t>& members) const {
    MultiPolygon all = outline(members.front());
    for (std::size_t i = 1; i < members.size(); ++i) all = io::unite(all, outline(members[i]));
    return all;
  }

  // Of outlines that may overlap: the plane area, brought to the ellipsoid as the first of them was.
  double area_m2(const MultiPolygon& all, const std::vector<std::size_t>& members) const {
    const Candidate& first = sighting(members.front()).candidate;
    if (members.size() == 1) return first.area_m2;
    const double plane = area(first.geometry);
    return area(all) * (plane > 0 && first.area_m2 > 0 ? first.area_m2 / plane : 1);
  }

  const PlotHistory& history_;
  const CasePolicy& policy_;
  std::map<Date, Day> days_;
  std::vector<const Said*> said_;  // what counts, by the date it was said after
  std::size_t next_said_ = 0;
  std::map<std::string, std::string> anchor_;           // case id -> sighting
  std::unordered_map<std::string, std::size_t> owner_;  // sighting -> track
  std::vector<Track> tracks_;
};

}  // namespace

std::vector<CaseHistory> case_histories(const PlotHistory& history, const CasePolicy& policy,
                                        const WorkCalendar& calendar) {
  const std::vector<Track> tracks = Fold(history, policy).run();
  return case_records(history, tracks, policy, calendar);
}

}  // namespace plotwatch::ledger
