#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

class Where {
 public:
  explicit Where(const CaseFilter& f) {
    if (f.open) add("open = {}", std::int64_t{*f.open ? 1 : 0});
    any_of("tier", f.tiers, [](Tier t) { return std::string(code(t)); });
    const auto same = [](const std::string& text) { return text; };
    any_of("unit", f.units, same);
    any_of("plot_status", f.statuses, same);
    any_of("rule_id", f.rules, same);
    any_of("plot_code", f.plots, same);
    any_of("severity", f.severities, [](Severity s) { return std::string(name(s)); });
    any_of("judgement", f.judgements, [](Judgement j) { return std::string(code(j)); });
    if (f.first_seen_from) add("first_seen >= {}", f.first_seen_from->iso());
    if (f.first_seen_to) add("first_seen <= {}", f.first_seen_to->iso());
    if (f.overdue_on) {
      add("deadline < {}", f.overdue_on->iso());
      sql_ += " AND open = 1";
      any_of("judgement", std::vector{Judgement::none, Judgement::suspected, Judgement::unclear},
             [](Judgement j) { return std::string(code(j)); });
    }
    if (!f.text.empty())
      add("(case_id LIKE {0} ESCAPE '!' OR plot_code LIKE {0} ESCAPE '!' OR plot_name LIKE {0} ESCAPE '!')",
          like(f.text));
  }

  std::string sql() const { return sql_.empty() ? "" : " WHERE " + sql_.substr(5); }
  const Values& values() const { return values_; }

 private:
  void add(const std::string& condition, io::SqlValue value) {
    values_.push_back(std::move(value));
    sql_ += " AND " + fmt::format(fmt::runtime(condition), fmt::format("${}", values_.size()));
  }

  template <class T, class Text>
  void any_of(const char* column, const std::vector<T>& wanted, Text text) {
    if (wanted.empty()) return;
    std::string list;
    for (const T& one : wanted) {
      values_.push_back(text(one));
      list += fmt::format("{}${}", list.empty() ? "" : ", ", values_.size());
    }
    sql_ += fmt::format(" AND {} IN ({})", column, list);
  }

  static std::string like(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
      if (c == '%' || c == '_' || c == '!') pattern += '!';
      pattern += c;
    }
    return pattern + "%";
  }

  std::string sql_;
  Values values_;
};

// What was asked for, where a later case has taken over the sighting that the id was given for.
std::optional<std::string> case_of_name(io::Database& database, const std::string& case_id) {
  std::optional<std::string> found;
  database.each(
      "SELECT s.case_id FROM case_names n JOIN sightings s ON s.sighting_id = n.sighting_id "
      "WHERE n.case_id = $1",
      {case_id}, [&](const io::Row& row) { found = row.text(0); });
  return found;
}

}  // namespace

std::vector<Case> Ledger::cases(const CaseFilter& filter) const {
  const Where where(filter);
  std::string sql = select_sql(table("cases")) + where.sql() + " ORDER BY queue_key";
  // SQLite knows no OFFSET without a LIMIT.
  if (filter.limit > 0 || filter.offset > 0)
    sql += fmt::format(" LIMIT {} OFFSET {}", filter.limit > 0 ? filter.limit : std::size_t{1} << 60, filter.offset);
  std::vector<Case> cases;
  implementation_->database->each(sql, where.values(), [&](const io::Row& row) { cases.push_back(case_of(row)); });
  return cases;
}

std::size_t Ledger::count(const CaseFilter& filter) const {
  const Where where(filter);
  std::size_t n = 0;
  implementation_->database->each("SELECT count(*) FROM cases" + where.sql(), where.values(),
                                  [&](const io::Row& row) { n = static_cast<std::size_t>(row.integer(0)); });
  return n;
}

std::optional<Case> Ledger::find_case(const std::string& case_id) const {
  io::Database& database = *implementation_->database;
  std::optional<Case> found;
  const auto look = [&](const std::string& id) {
    database.each(select_sql(table("cases")) + " WHERE case_id = $1", {id},
                  [&](const io::Row& row) { found = case_of(row); });
  };
  look(case_id);
  if (!found)
    if (const std::optional<std::string> now = case_of_name(database, case_id)) look(*now);
  return found;
}

std::vector<Sighting> Ledger::sightings(const std::string& case_id) const {
  const std::optional<Case> found = find_case(case_id);
  std::vector<Sighting> list;
  if (!found) return list;
  implementation_->database->each(
      select_sql(table("sightings")) + " WHERE case_id = $1 ORDER BY after_date, sighting_id", {found->id},
      [&](const io::Row& row) {
        SightingRow s = sighting_row(row);
        list.push_back({s.sighting.id, s.case_id, s.sighting.scan_id, std::move(s.sighting.candidate), s.suppressed});
      });
  return list;
}

// Looks are not stored: a case's looks at its ground follow from the observations of its plot.
std::vector<CaseLook> Ledger::looks(const std::string& case_id) const {
  const std::optional<Case> found = find_case(case_id);
  if (!found) return {};
  const PlotHistory history = load_history(*implementation_->database, found->plot_code);
  for (CaseHistory& one : case_histories(history, implementation_->settings.policy, implementation_->calendar))
    if (one.record.id == found->id) return std::move(one.looks);
  return {};
}

}  // namespace plotwatch::ledger
