#include "rules/reach.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

namespace plotwatch::rules {
namespace {

enum Dimension : std::size_t { status, transition, stage, day, month, area, due, first_layer };

long number_of(const Date& date) { return static_cast<long>(date.days().time_since_epoch().count()); }

Classes all_of(std::size_t count) {
  if (count > most_classes) throw std::length_error("the table has more different values than can be compared");
  Classes c;
  for (std::size_t i = 0; i < count; ++i) c.set(i);
  return c;
}

template <class T>
std::vector<T> sorted(const std::set<T>& values) {
  return {values.begin(), values.end()};
}

// Classes of cuts: class i lies between cut i - 1 and cut i. Those from `low` (a cut, or all) up to below `high`.
template <class T>
Classes between(const std::vector<T>& cuts, const std::optional<T>& low, const std::optional<T>& high) {
  Classes c;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    const bool above = !low || (i > 0 && cuts[i - 1] >= *low);
    const bool below = !high || (i < cuts.size() && cuts[i] <= *high);
    if (above && below) c.set(i);
  }
  return c;
}

}  // namespace

Reach::Reach(const RuleTable& table) {
  std::set<std::string> statuses, layers;
  std::set<std::string_view> transitions;
  std::set<long> days;
  std::set<double> areas;
  for (const Rule& r : table.rules) {
    statuses.insert(r.statuses.begin(), r.statuses.end());
    if (!r.near.empty()) layers.insert(r.near);
    if (r.effective_from) days.insert(number_of(*r.effective_from));
    if (r.effective_to) days.insert(number_of(*r.effective_to) + 1);
    for (const auto& a : {r.min_area_m2, r.max_area_m2})
      if (a && *a > 0) areas.insert(*a);  // nothing is smaller than 0
  }
  for (const Transition t : all_transitions()) transitions.insert(name(t));
  statuses.erase("");
  statuses_ = sorted(statuses);
  statuses_.push_back("");
  transitions_ = sorted(transitions);
  days_ = sorted(days);
  areas_ = sorted(areas);
  layers_ = sorted(layers);
  for (const std::string& layer : layers_) {
    std::set<double> ends;
    for (const Rule& r : table.rules)
      for (const auto& d : {r.within_m, r.beyond_m})
        if (r.near == layer && d) ends.insert(*d);
    distances_.push_back(sorted(ends));
  }
}

ReachBox Reach::box(const Rule& r) const {
  ReachBox box(first_layer + layers_.size());
  box[status] = all_of(statuses_.size());
  if (!r.statuses.empty()) {
    box[status].reset();
    for (std::size_t i = 0; i < statuses_.size(); ++i)
      if (std::find(r.statuses.begin(), r.statuses.end(), statuses_[i]) != r.statuses.end()) box[status].set(i);
  }
  box[transition] = all_of(transitions_.size());
  if (!r.transitions.empty()) {
    box[transition].reset();
    for (const Transition t : r.transitions)
      box[transition].set(static_cast<std::size_t>(std::find(transitions_.begin(), transitions_.end(), name(t)) -
                                                   transitions_.begin()));
  }
  const std::size_t stages = all_stages().size();
  box[stage] = all_of(stages + 1);  // the last: not known, which fits no condition
  if (!r.stages.empty()) {
    box[stage].reset();
    for (const Stage s : r.stages) box[stage].set(static_cast<std::size_t>(s));
  }
  std::optional<long> from, after;
  if (r.effective_from) from = number_of(*r.effective_from);
  if (r.effective_to) after = number_of(*r.effective_to) + 1;
  box[day] = between(days_, from, after);
  box[month] = all_of(12);
  if (!r.months.empty()) {
    box[month].reset();
    for (const int m : r.months)
      if (m >= 1 && m <= 12) box[month].set(static_cast<std::size_t>(m - 1));
  }
  const std::optional<double> least = r.min_area_m2 && *r.min_area_m2 > 0 ? r.min_area_m2 : std::nullopt;
  box[area] = between(areas_, least, r.max_area_m2);
  box[due] = all_of(3);  // passed, not passed, not known
  if (r.due_passed) box[due] = Classes(*r.due_passed ? 1 : 2);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const std::vector<double>& ends = distances_[l];
    const std::size_t classes = ends.size() + 2;  // the last: not known, which fits no condition
    box[first_layer + l] = all_of(classes);
    if (r.near != layers_[l]) continue;
    box[first_layer + l] = between(ends, r.beyond_m, r.within_m);
    box[first_layer + l].reset(classes - 1);
  }
  return box;
}

std::string Reach::example(const ReachBox& box) const {
  const auto first = [](const Classes& c) {
    std::size_t i = 0;
    while (i < most_classes && !c.test(i)) ++i;
    return i;
  };
  const std::size_t s = first(box[status]), t = first(box[transition]);
  const std::string shown = s >= statuses_.size() || statuses_[s].empty() ? "any other status" : statuses_[s];
  std::string text = fmt::format("{}, {}", shown, t < transitions_.size() ? transitions_[t] : "any change");
  if (const std::size_t g = first(box[stage]); g > 0 && g < all_stages().size())
    text += fmt::format(", {}", name(all_stages()[g]));
  if (const std::size_t d = first(box[day]); d > 0 && d <= days_.size())
    text += ", from " + Date::from_days(std::chrono::sys_days{std::chrono::days{days_[d - 1]}}).iso();
  if (const std::size_t a = first(box[area]); a > 0 && a <= areas_.size())
    text += fmt::format(", from {:.0f} m²", areas_[a - 1]);
  return text;
}

bool empty(const ReachBox& box) {
  return std::any_of(box.begin(), box.end(), [](const Classes& c) { return c.none(); });
}

ReachBox intersection(const ReachBox& a, const ReachBox& b) {
  ReachBox common(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) common[i] = a[i] & b[i];
  return common;
}

bool contains(const ReachBox& outer, const ReachBox& inner) {
  for (std::size_t i = 0; i < outer.size(); ++i)
    if ((inner[i] & ~outer[i]).any()) return false;
  return true;
}

bool covered(ReachBox box, const std::vector<ReachBox>& others, std::size_t first, std::vector<std::size_t>& by) {
  while (first < others.size() && empty(intersection(box, others[first]))) ++first;
  if (first == others.size()) return false;
  by.push_back(first);
  // What sticks out of the other box, condition by condition, is left to the next ones.
  for (std::size_t i = 0; i < box.size(); ++i) {
    ReachBox rest = box;
    rest[i] &= ~others[first][i];
    if (rest[i].any() && !covered(std::move(rest), others, first + 1, by)) return false;
    box[i] &= others[first][i];
  }
  return true;
}

}  // namespace plotwatch::rules
