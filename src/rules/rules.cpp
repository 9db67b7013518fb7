#include "rules/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/conditions.hpp"

namespace plotwatch::rules {
namespace {

Verdict verdict_of(const Rule& rule, const Case& facts, const WorkCalendar& calendar) {
  Verdict v{rule.severity, rule.id, rule.reason, rule.reason_zh, rule.basis, rule.verified};
  if (!rule.article.empty()) v.basis.append(v.basis.empty() ? "art. " : ", art. ").append(rule.article);
  if (rule.deadline_days) v.deadline = add_working_days(facts.date, *rule.deadline_days, calendar);
  v.unit = rule.unit;
  return v;
}

Verdict no_rule(const Case& facts) {
  const std::string_view shown = facts.status.empty() ? "no status" : std::string_view(facts.status);
  return {Severity::P3,
          "no-rule",
          fmt::format("No rule of the table fits a suspected change of kind '{}' on a plot with status '{}' on {}.",
                      name(facts.transition), shown, facts.date.iso()),
          fmt::format("规则表中没有适用于该地块状态（{}）、变化类型（{}）和日期（{}）的规则，疑似变化仅作记录。", shown,
                      name_zh(facts.transition), facts.date.iso()),
          "",
          false};
}

// {} in the text of the table, and nothing else, stands for the document.
std::string with_name(std::string text, const std::string& name) {
  if (const std::size_t at = text.find("{}"); at != std::string::npos) return text.replace(at, 2, name);
  return text.append(" (").append(name).append(")");
}

void lower(Verdict& v, const PermitRule& row, const std::string& name) {
  v.severity = std::max(v.severity, row.severity);  // P0 is the least
  v.permit = name;
  v.reason.append(" ").append(with_name(row.reason, name));
  v.reason_zh += with_name(row.reason_zh, name);
}

// Steps are noted where there is someone to read them.
Verdict decide(const RuleTable& table, const Case& facts, Explanation* told) {
  const Rule* decides = nullptr;
  for (const Rule& rule : table.rules) {
    if (fits(rule, facts)) decides = &rule;
    if (told) told->rules.push_back({rule.id, decides != nullptr, unmet(rule, facts)});
    if (decides) break;
  }
  Verdict v = decides ? verdict_of(*decides, facts, table.calendar) : no_rule(facts);
  for (const PermitCover& cover : facts.permits) {
    Step step{cover.permit.name, false, {}};
    for (const PermitRule& row : table.permits) {
      std::vector<std::string> why_not = unmet(row, cover, facts);
      if (why_not.empty()) {
        step.fits = true;
        step.why_not.clear();
        lower(v, row, cover.permit.name);
        break;
      }
      if (row.kind == cover.permit.kind || step.why_not.empty()) step.why_not = std::move(why_not);
    }
    if (told) told->permits.push_back(step);
    if (step.fits) break;
  }
  return v;
}

}  // namespace

Verdict judge(const RuleTable& table, const Case& facts) { return decide(table, facts, nullptr); }

Verdict judge(const RuleTable& table, const std::string& status, Transition transition, const Date& date) {
  return judge(table, Case{status, transition, date});
}

Explanation explain(const RuleTable& table, const Case& facts) {
  Explanation e;
  e.verdict = decide(table, facts, &e);
  return e;
}

}  // namespace plotwatch::rules
