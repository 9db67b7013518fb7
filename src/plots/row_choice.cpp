#include "plots/row_choice.hpp"

#include <algorithm>
#include <map>

namespace plotwatch::plots {
namespace {

const Date first_day{1, 1, 1}, last_day{9999, 12, 31};

// Rows sorted by their first day, none reaching into the next.
bool is_history(const std::vector<RowDates>& rows, const std::vector<std::size_t>& sorted) {
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i)
    if (!(rows[sorted[i]].status_to.value_or(last_day) < rows[sorted[i + 1]].status_from.value_or(first_day)))
      return false;
  return true;
}

// Of a history: the row that speaks on the day.
std::size_t row_of_day(const std::vector<RowDates>& rows, const std::vector<std::size_t>& sorted,
                       const std::optional<Date>& day) {
  std::size_t chosen = sorted.front();
  for (const std::size_t i : sorted)
    if (!day || rows[i].status_from.value_or(first_day) <= *day) chosen = i;
  return chosen;
}

}  // namespace

bool within(const std::optional<Date>& from, const std::optional<Date>& to, const Date& day) {
  return (!from || *from <= day) && (!to || day <= *to);
}

std::vector<bool> choose_rows(const std::vector<RowDates>& rows, const std::optional<Date>& as_of) {
  std::vector<bool> kept(rows.size());
  std::map<std::string, std::vector<std::size_t>> by_code;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RowDates& r = rows[i];
    kept[i] = as_of ? within(r.listed_from, r.listed_to, *as_of) : !r.listed_to;
    if (kept[i] && !r.code.empty()) by_code[r.code].push_back(i);
  }
  for (auto& [code, same] : by_code) {
    if (same.size() < 2) continue;
    std::stable_sort(same.begin(), same.end(), [&](std::size_t a, std::size_t b) {
      return rows[a].status_from.value_or(first_day) < rows[b].status_from.value_or(first_day);
    });
    if (!is_history(rows, same)) continue;
    const std::size_t chosen = row_of_day(rows, same, as_of);
    for (const std::size_t i : same) kept[i] = i == chosen;
  }
  return kept;
}

}  // namespace plotwatch::plots
