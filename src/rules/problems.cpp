#include <algorithm>
#include <chrono>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "rules/rules.hpp"

namespace plotwatch::rules {
namespace {

// Days since 1970, both ends included; open ends are the ends of the integers.
struct Span {
  long from, to;
};

Span span_of(const Rule& rule) {
  const auto day = [](const Date& date) { return static_cast<long>(date.days().time_since_epoch().count()); };
  return {rule.effective_from ? day(*rule.effective_from) : std::numeric_limits<long>::min(),
          rule.effective_to ? day(*rule.effective_to) : std::numeric_limits<long>::max()};
}

// A case that a table may decide: one status with one transition.
struct Case {
  std::string status;  // empty: any that no rule names
  std::string_view transition;
  auto operator<=>(const Case&) const = default;
};

class Coverage {
 public:
  explicit Coverage(const RuleTable& table) {
    std::set<std::string> named{""};
    for (const Rule& rule : table.rules) named.insert(rule.statuses.begin(), rule.statuses.end());
    statuses_.assign(named.begin(), named.end());
    for (const Transition t : all_transitions()) transitions_.insert(name(t));
  }

  std::vector<Case> cases_of(const Rule& rule) const {
    std::set<std::string_view> kinds;
    for (const Transition t : rule.transitions) kinds.insert(name(t));
    if (kinds.empty()) kinds = transitions_;
    std::vector<Case> cases;
    for (const std::string& status : rule.statuses.empty() ? statuses_ : rule.statuses)
      for (const std::string_view kind : kinds) cases.push_back({status, kind});
    return cases;
  }

  // Whether the earlier rows leave no day of `wanted` to this case; those that matter are added to `by`.
  bool taken(const Case& wanted, Span days, const std::vector<const Rule*>& earlier, std::set<std::string>& by) const {
    std::vector<std::pair<Span, const Rule*>> spans;
    for (const Rule* rule : earlier) {
      const std::vector<Case> cases = cases_of(*rule);
      const Span s = span_of(*rule);
      const bool meets = s.from <= days.to && s.to >= days.from;
      if (meets && std::find(cases.begin(), cases.end(), wanted) != cases.end()) spans.emplace_back(s, rule);
    }
    std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.first.from < b.first.from; });
    long next = days.from;  // the first day that is not taken yet
    for (const auto& [s, rule] : spans) {
      if (s.from > next) return false;
      if (s.to < next) continue;
      by.insert(rule->id);
      if (s.to >= days.to) return true;
      next = s.to + 1;
    }
    return false;
  }

 private:
  std::vector<std::string> statuses_;
  std::set<std::string_view> transitions_;
};

void check_row(const Rule& rule, std::vector<std::string>& problems) {
  const auto add = [&](std::string_view what) { problems.push_back(fmt::format("rule '{}' {}", rule.id, what)); };
  if (rule.id.empty()) add("has no id");
  if (rule.reason.empty()) add("has no reason");
  if (rule.reason_zh.empty()) add("has no reason_zh");
  if (rule.verified && rule.basis.empty()) add("is verified and names no basis");
  if (rule.effective_from && rule.effective_to && *rule.effective_from > *rule.effective_to)
    add(fmt::format("is in force from {}, after it ends on {}", rule.effective_from->iso(), rule.effective_to->iso()));
}

}  // namespace

std::vector<std::string> problems(const RuleTable& table) {
  std::vector<std::string> problems;
  std::set<std::string> ids;
  const Coverage coverage(table);
  std::vector<const Rule*> earlier;
  for (const Rule& rule : table.rules) {
    check_row(rule, problems);
    if (!rule.id.empty() && !ids.insert(rule.id).second)
      problems.push_back(fmt::format("two rules have the id '{}'", rule.id));
    const std::vector<Case> cases = coverage.cases_of(rule);
    std::set<std::string> by;
    const bool shadowed = std::all_of(cases.begin(), cases.end(),
                                      [&](const Case& c) { return coverage.taken(c, span_of(rule), earlier, by); });
    if (shadowed)
      problems.push_back(
          fmt::format("rule '{}' can never decide: earlier rows cover it ({})", rule.id, fmt::join(by, ", ")));
    earlier.push_back(&rule);
  }
  return problems;
}

}  // namespace plotwatch::rules
