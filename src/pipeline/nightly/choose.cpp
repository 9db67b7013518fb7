#include "pipeline/nightly/choose.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

namespace plotwatch::pipeline::nightly {
namespace {

constexpr double year_days = 365.25;
constexpr int far_days = 330;      // from here on a reference is of another year
constexpr double tolerance = 0.3;  // of cost, for sharing a reference
constexpr double none = std::numeric_limits<double>::infinity();

long days_between(const Date& a, const Date& b) { return (b.days() - a.days()).count(); }

// Between two days of the year, the short way round.
double season_distance(const Date& a, const Date& b) {
  const double phase = std::fmod(static_cast<double>(std::labs(days_between(a, b))), year_days);
  return std::min(phase, year_days - phase);
}

// One plot's costs, parallel to the references.
struct Wish {
  std::string plot;
  std::vector<double> cost;
  double cheapest = none;
};

std::vector<const SceneLook*> references(const SceneLook& after, std::span<const SceneLook> past,
                                         const ChooseOptions& o) {
  std::vector<const SceneLook*> usable;
  for (const SceneLook& scene : past) {
    const long gap = days_between(scene.date, after.date);
    if (gap >= o.min_gap_days && static_cast<double>(gap) <= o.max_years * year_days + o.season_days)
      usable.push_back(&scene);
  }
  std::sort(usable.begin(), usable.end(), [](const SceneLook* a, const SceneLook* b) {
    return a->date != b->date ? a->date > b->date : a->id < b->id;
  });
  return usable;
}

Wish wish_of(const std::string& plot, const SceneLook& after, const std::vector<const SceneLook*>& scenes,
             const ReferenceBounds& bounds, const ChooseOptions& o) {
  Wish wish{plot, std::vector<double>(scenes.size(), none), none};
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const auto clear = scenes[i]->clear.find(plot);
    if (clear == scenes[i]->clear.end() || clear->second < o.min_clear_share) continue;
    if (!may_be_reference(bounds, scenes[i]->date)) continue;
    wish.cost[i] = reference_cost(*scenes[i], after, clear->second, o);
    wish.cheapest = std::min(wish.cheapest, wish.cost[i]);
  }
  return wish;
}

std::string reason_for(const SceneLook& before, const SceneLook& after, const ChooseOptions& o) {
  if (days_between(before.date, after.date) >= far_days && season_distance(before.date, after.date) <= o.season_days)
    return fmt::format("same season of {}", before.date.year);
  return days_between(before.date, after.date) < far_days ? "nearest reference of this year" : "nearest season";
}

// Index of the reference that most of the open wishes accept; the sum of costs, then the order of scenes, break ties.
std::size_t most_accepted(const std::vector<Wish>& wishes, const std::vector<bool>& open, std::size_t scenes) {
  std::size_t best = scenes, most = 0;
  double best_cost = none;
  for (std::size_t i = 0; i < scenes; ++i) {
    std::size_t count = 0;
    double cost = 0;
    for (std::size_t w = 0; w < wishes.size(); ++w)
      if (open[w] && wishes[w].cost[i] <= wishes[w].cheapest + tolerance) ++count, cost += wishes[w].cost[i];
    if (count > most || (count == most && count > 0 && cost < best_cost)) best = i, most = count, best_cost = cost;
  }
  return best;
}

}  // namespace

ReferenceBounds reference_bounds(std::span<const Case> cases_of_plot) {
  ReferenceBounds bounds;
  for (const Case& c : cases_of_plot) {
    if (c.merged_into) continue;
    const bool accepted = !c.open && c.tier != Tier::gone &&
                          (c.judgement == Judgement::permitted || c.judgement == Judgement::remediation ||
                           c.judgement == Judgement::farm_work || c.judgement == Judgement::false_change);
    if (accepted) continue;
    if (c.tier == Tier::gone) {
      bounds.barred.push_back({c.first_seen, c.last_seen});
      continue;
    }
    const Date last = c.last_clear_before && *c.last_clear_before < c.first_seen
                          ? *c.last_clear_before
                          : Date::from_days(c.first_seen.days() - std::chrono::days(1));
    if (!bounds.not_after || last < *bounds.not_after) bounds.not_after = last;
  }
  return bounds;
}

bool may_be_reference(const ReferenceBounds& bounds, const Date& date) {
  if (bounds.not_after && *bounds.not_after < date) return false;
  return std::none_of(bounds.barred.begin(), bounds.barred.end(),
                      [&](const ReferenceBounds::Span& s) { return s.from <= date && date <= s.to; });
}

double reference_cost(const SceneLook& before, const SceneLook& after, float clear_before, const ChooseOptions& o) {
  const auto gap = static_cast<double>(days_between(before.date, after.date));
  double cost = season_distance(before.date, after.date) / o.season_days + 0.25 * gap / year_days + 1 - clear_before;
  if (gap < far_days) cost += 1;
  if (before.sensor != after.sensor) cost += 1;
  if (before.orbit != after.orbit) cost += 0.3;
  return cost;
}

Choice choose(const SceneLook& after, std::span<const SceneLook> past,
              const std::map<std::string, ReferenceBounds>& bounds, const ChooseOptions& o) {
  Choice choice;
  const std::vector<const SceneLook*> scenes = references(after, past, o);
  static const ReferenceBounds unbound;
  std::vector<Wish> wishes;
  for (const auto& [plot, clear] : after.clear) {
    if (clear < o.min_clear_share) {
      choice.not_clear.push_back(plot);
      continue;
    }
    const auto bound = bounds.find(plot);
    Wish wish = wish_of(plot, after, scenes, bound == bounds.end() ? unbound : bound->second, o);
    if (wish.cheapest == none)
      choice.no_reference.push_back(plot);
    else
      wishes.push_back(std::move(wish));
  }
  std::vector<bool> open(wishes.size(), true);
  std::vector<std::pair<std::size_t, ChosenPair>> taken;
  while (static_cast<int>(taken.size()) < o.max_pairs) {
    const std::size_t best = most_accepted(wishes, open, scenes.size());
    if (best == scenes.size()) break;
    ChosenPair pair{scenes[best]->id, after.id, {}, reason_for(*scenes[best], after, o)};
    for (std::size_t w = 0; w < wishes.size(); ++w)
      if (open[w] && wishes[w].cost[best] <= wishes[w].cheapest + tolerance)
        pair.plots.push_back(wishes[w].plot), open[w] = false;
    taken.emplace_back(best, std::move(pair));
  }
  for (std::size_t w = 0; w < wishes.size(); ++w) {
    if (!open[w]) continue;
    const auto cheapest = std::min_element(taken.begin(), taken.end(), [&](const auto& a, const auto& b) {
      return wishes[w].cost[a.first] < wishes[w].cost[b.first];
    });
    if (cheapest == taken.end() || wishes[w].cost[cheapest->first] == none)
      choice.no_reference.push_back(wishes[w].plot);
    else
      cheapest->second.plots.push_back(wishes[w].plot);
  }
  for (auto& [scene, pair] : taken) {
    std::sort(pair.plots.begin(), pair.plots.end());
    choice.pairs.push_back(std::move(pair));
  }
  std::sort(choice.no_reference.begin(), choice.no_reference.end());
  return choice;
}

}  // namespace plotwatch::pipeline::nightly
