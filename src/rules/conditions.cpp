#include "rules/conditions.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace plotwatch::rules {
namespace {

// Transitions that are not told apart have one name; rules compare by it.
bool lists(const std::vector<Transition>& transitions, Transition wanted) {
  const std::string_view word = name(wanted);
  return transitions.empty() ||
         std::any_of(transitions.begin(), transitions.end(), [&](Transition t) { return name(t) == word; });
}

bool lists(const std::vector<std::string>& statuses, const std::string& wanted) {
  return statuses.empty() || std::find(statuses.begin(), statuses.end(), wanted) != statuses.end();
}

std::string shown(const std::string& status) { return status.empty() ? "no status" : "'" + status + "'"; }

class Conditions {
 public:
  explicit Conditions(bool in_words) : in_words_(in_words) {}

  template <class Words>
  void require(bool holds, Words words) {
    all_ = all_ && holds;
    if (!holds && in_words_) unmet_.push_back(words());
  }
  bool all() const { return all_; }
  std::vector<std::string> take() { return std::move(unmet_); }

 private:
  bool in_words_, all_ = true;
  std::vector<std::string> unmet_;
};

void require_dates(Conditions& c, const std::optional<Date>& from, const std::optional<Date>& to, const Date& date) {
  c.require(!from || *from <= date,
            [&] { return fmt::format("in force from {}, the image is of {}", from->iso(), date.iso()); });
  c.require(!to || date <= *to,
            [&] { return fmt::format("in force to {}, the image is of {}", to->iso(), date.iso()); });
}

void require_distance(Conditions& c, const Rule& rule, const Case& facts) {
  if (rule.near.empty()) return;
  const auto found = facts.distance_m.find(rule.near);
  if (found == facts.distance_m.end()) {
    c.require(false, [&] { return fmt::format("the distance to '{}' is not known", rule.near); });
    return;
  }
  const double d = found->second;
  c.require(!rule.within_m || d <= *rule.within_m,
            [&] { return fmt::format("{:.0f} m from '{}', not within {:.0f} m", d, rule.near, *rule.within_m); });
  c.require(!rule.beyond_m || d > *rule.beyond_m,
            [&] { return fmt::format("{:.0f} m from '{}', not beyond {:.0f} m", d, rule.near, *rule.beyond_m); });
}

void require_size(Conditions& c, const Rule& rule, const Case& facts) {
  if (!rule.min_area_m2 && !rule.max_area_m2) return;
  if (!facts.area_m2) return c.require(false, [] { return std::string("the area is not known"); });
  const double a = *facts.area_m2;
  c.require(!rule.min_area_m2 || a >= *rule.min_area_m2,
            [&] { return fmt::format("{:.0f} m², less than {:.0f} m²", a, *rule.min_area_m2); });
  c.require(!rule.max_area_m2 || a < *rule.max_area_m2,
            [&] { return fmt::format("{:.0f} m², not less than {:.0f} m²", a, *rule.max_area_m2); });
}

void require_due(Conditions& c, const Rule& rule, const Case& facts) {
  if (!rule.due_passed) return;
  if (!facts.due) return c.require(false, [] { return std::string("no promised day is registered for the plot"); });
  const bool passed = *facts.due < facts.date;
  c.require(passed == *rule.due_passed, [&] {
    return fmt::format("what was promised for {} {} on {}", facts.due->iso(),
                       passed ? "was overdue" : "was not yet overdue", facts.date.iso());
  });
}

void require_stage(Conditions& c, const Rule& rule, const Case& facts) {
  if (!facts.stage) return c.require(false, [] { return std::string("the stage is not known"); });
  c.require(std::find(rule.stages.begin(), rule.stages.end(), *facts.stage) != rule.stages.end(), [&] {
    std::vector<std::string_view> names;
    for (const Stage s : rule.stages) names.push_back(name(s));
    return fmt::format("for stages {}, this is {}", fmt::join(names, ", "), name(*facts.stage));
  });
}

void require_row(Conditions& c, const Rule& rule, const Case& facts) {
  c.require(lists(rule.statuses, facts.status), [&] {
    return fmt::format("for {}, the plot has {}", fmt::join(rule.statuses, ", "), shown(facts.status));
  });
  c.require(lists(rule.transitions, facts.transition), [&] {
    std::vector<std::string_view> names;
    for (const Transition t : rule.transitions)
      if (std::find(names.begin(), names.end(), name(t)) == names.end()) names.push_back(name(t));
    return fmt::format("for {}, the change is {}", fmt::join(names, ", "), name(facts.transition));
  });
  if (!rule.stages.empty()) require_stage(c, rule, facts);
  require_dates(c, rule.effective_from, rule.effective_to, facts.date);
  c.require(
      rule.months.empty() ||
          std::find(rule.months.begin(), rule.months.end(), static_cast<int>(facts.date.month)) != rule.months.end(),
      [&] { return fmt::format("for months {}, the image is of {}", fmt::join(rule.months, ", "), facts.date.iso()); });
  require_size(c, rule, facts);
  require_distance(c, rule, facts);
  require_due(c, rule, facts);
}

}  // namespace

std::vector<std::string> unmet(const Rule& rule, const Case& facts) {
  Conditions c(true);
  require_row(c, rule, facts);
  return c.take();
}

bool fits(const Rule& rule, const Case& facts) {
  Conditions c(false);
  require_row(c, rule, facts);
  return c.all();
}

std::vector<std::string> unmet(const PermitRule& row, const PermitCover& cover, const Case& facts) {
  Conditions c(true);
  const Permit& permit = cover.permit;
  c.require(row.kind == permit.kind,
            [&] { return fmt::format("for documents of kind '{}', this is a '{}'", row.kind, permit.kind); });
  c.require(lists(row.statuses, facts.status),
            [&] { return fmt::format("for {}, the plot has {}", fmt::join(row.statuses, ", "), shown(facts.status)); });
  c.require(cover.share >= covered_share, [&] {
    return fmt::format("its footprint covers {:.0f} % of the change, less than {:.0f} %", 100 * cover.share,
                       100 * covered_share);
  });
  c.require(permit.plot_code.empty() || permit.plot_code == facts.plot_code,
            [&] { return fmt::format("it is for plot {}", permit.plot_code); });
  require_dates(c, permit.from, permit.to, facts.date);
  c.require(lists(permit.allows, facts.transition),
            [&] { return fmt::format("it does not allow {}", name(facts.transition)); });
  return c.take();
}

}  // namespace plotwatch::rules
