#include "review/case_query.hpp"

#include <algorithm>
#include <charconv>

#include "ledger/history.hpp"
#include "review/api_error.hpp"
#include "review/json.hpp"

namespace plotwatch::review {
namespace {

bool flag(const std::string& name, const std::string& value) {
  if (value == "1" || value == "true") return true;
  if (value == "0" || value == "false") return false;
  throw bad_value(name, name + " is neither 1 nor 0", "应为 1 或 0");
}

std::size_t number(const std::string& name, const std::string& value) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
  if (value.empty() || error != std::errc() || end != value.data() + value.size() || out > 1'000'000'000)
    throw bad_value(name, name + " is no whole number", "应为整数");
  return out;
}

Date date(const std::string& name, const std::string& value) {
  const std::optional<Date> out = value.size() == 10 ? parse_date(value) : std::nullopt;
  if (!out) throw bad_value(name, name + " is no date like 2026-11-23", "日期格式应为 2026-11-23");
  return *out;
}

template <class T>
T word(const std::string& name, const std::string& value, std::optional<T> parsed) {
  if (!parsed) throw bad_value(name, "\"" + value.substr(0, 40) + "\" is no " + name, "未知的取值");
  return *parsed;
}

std::optional<CaseOrder> parse_order(const std::string& text) {
  if (text == "priority") return CaseOrder::priority;
  if (text == "deadline") return CaseOrder::deadline;
  if (text == "first_seen") return CaseOrder::first_seen;
  if (text == "area") return CaseOrder::area;
  return std::nullopt;
}

bool holds(const std::string& text, const std::string& lower_part) {
  return lower_case(text).find(lower_part) != std::string::npos;
}

template <class T>
bool asked(const std::set<T>& wanted, const T& value) {
  return wanted.empty() || wanted.contains(value);
}

}  // namespace

CaseQuery parse_case_query(const Request& request, const std::string& me) {
  CaseQuery q;
  for (const auto& [name, value] : request.query) {
    if (name == "open")
      q.open = flag(name, value);
    else if (name == "overdue")
      q.overdue = flag(name, value);
    else if (name == "mine")
      q.assigned_to = flag(name, value) ? me : "";
    else if (name == "tier")
      q.tiers.insert(word(name, value, parse_tier(value)));
    else if (name == "severity")
      q.severities.insert(word(name, value, parse_severity(value)));
    else if (name == "judgement")
      q.judgements.insert(word(name, value, parse_judgement(value)));
    else if (name == "unit")
      q.units.insert(value);
    else if (name == "status")
      q.statuses.insert(value);
    else if (name == "rule")
      q.rules.insert(value);
    else if (name == "from")
      q.from = date(name, value);
    else if (name == "to")
      q.to = date(name, value);
    else if (name == "text")
      q.text = lower_case(checked_text(value, name, 0, 200));
    else if (name == "sort")
      q.order = word(name, value, parse_order(value));
    else if (name == "offset")
      q.offset = number(name, value);
    else if (name == "limit")
      q.limit = std::clamp<std::size_t>(number(name, value), 1, most_cases_a_page);
    else
      throw bad_value(name.substr(0, 64), "this parameter is not known here", "未知的参数");
  }
  return q;
}

bool overdue(const Case& record, const Date& today) {
  return record.open && ledger::awaits_visit(record.judgement) && record.deadline && *record.deadline < today;
}

bool matches(const BoardCase& c, const CaseQuery& q, const std::string& unit, const Date& today) {
  const Case& r = c.record;
  return (unit.empty() || r.unit == unit) && (!q.open || r.open == *q.open) && asked(q.tiers, r.tier) &&
         asked(q.severities, r.rule.severity) && asked(q.judgements, r.judgement) && asked(q.units, r.unit) &&
         asked(q.statuses, r.plot_status) && asked(q.rules, r.rule.rule_id) && (!q.overdue || overdue(r, today)) &&
         (q.assigned_to.empty() || r.assigned_to == q.assigned_to) && (!q.from || r.first_seen >= *q.from) &&
         (!q.to || r.first_seen <= *q.to) &&
         (q.text.empty() || holds(r.id, q.text) || holds(r.plot_code, q.text) || holds(r.plot_name, q.text));
}

std::vector<const BoardCase*> select(const Board& board, const CaseQuery& query, const std::string& unit,
                                     const Date& today) {
  std::vector<const BoardCase*> out;
  for (const auto& c : board.cases)
    if (matches(*c, query, unit, today)) out.push_back(c.get());
  // The board's own order breaks ties.
  const auto sort_by = [&](auto less) { std::stable_sort(out.begin(), out.end(), less); };
  const Date never{9999, 12, 31};
  switch (query.order) {
    case CaseOrder::priority: break;
    case CaseOrder::deadline:
      sort_by([&](const BoardCase* a, const BoardCase* b) {
        return a->record.deadline.value_or(never) < b->record.deadline.value_or(never);
      });
      break;
    case CaseOrder::first_seen:
      sort_by([](const BoardCase* a, const BoardCase* b) { return a->record.first_seen > b->record.first_seen; });
      break;
    case CaseOrder::area:
      sort_by([](const BoardCase* a, const BoardCase* b) { return a->record.area_m2 > b->record.area_m2; });
      break;
  }
  return out;
}

}  // namespace plotwatch::review
