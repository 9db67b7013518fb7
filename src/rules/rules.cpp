#include "rules/rules.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

namespace plotwatch::rules {
namespace {

// Transitions that are not told apart have one name; rules compare by it.
bool same(Transition a, Transition b) { return name(a) == name(b); }

template <class List, class Equal, class T>
bool covers(const List& list, const T& value, Equal equal) {
  return list.empty() || std::any_of(list.begin(), list.end(), [&](const auto& entry) { return equal(entry, value); });
}

bool names_status(const Rule& rule, const std::string& status) {
  return covers(rule.statuses, status, std::equal_to<std::string>());
}

bool names_transition(const Rule& rule, Transition transition) { return covers(rule.transitions, transition, same); }

bool in_force(const Rule& rule, const Date& date) {
  return (!rule.effective_from || *rule.effective_from <= date) && (!rule.effective_to || date <= *rule.effective_to);
}

}  // namespace

Verdict judge(const RuleTable& table, const std::string& status, Transition transition, const Date& date) {
  for (const Rule& rule : table.rules)
    if (names_status(rule, status) && names_transition(rule, transition) && in_force(rule, date))
      return {rule.severity, rule.id, rule.reason, rule.reason_zh, rule.basis, rule.verified};
  const std::string_view shown = status.empty() ? "no status" : std::string_view(status);
  return {Severity::P3,
          "no-rule",
          fmt::format("No rule of the table fits a suspected change of kind '{}' on a plot with status '{}' on {}.",
                      name(transition), shown, date.iso()),
          fmt::format("规则表中没有适用于该地块状态（{}）、变化类型（{}）和日期（{}）的规则，疑似变化仅作记录。", shown,
                      name_zh(transition), date.iso()),
          "",
          false};
}

}  // namespace plotwatch::rules
