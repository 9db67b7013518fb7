#include "ledger/statistics.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "ledger/history.hpp"

namespace plotwatch::ledger {
namespace {

int days_between(const Date& from, const Date& to) { return static_cast<int>((to.days() - from.days()).count()); }

double median(std::vector<int> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2.0;
}

bool in_year(const std::optional<Date>& day, int year) { return day && day->year == year; }

}  // namespace

std::string period_of(const Date& day, Period period) {
  switch (period) {
    case Period::month: return fmt::format("{:04}-{:02}", day.year, day.month);
    case Period::quarter: return fmt::format("{:04}-Q{}", day.year, (day.month + 2) / 3);
    case Period::year: break;
  }
  return fmt::format("{:04}", day.year);
}

std::vector<StatisticsRow> statistics(const std::vector<Case>& cases, const StatisticsRequest& request) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, StatisticsRow> rows;
  std::map<Key, std::vector<int>> days;
  for (const Case& c : cases) {
    if (c.merged_into) continue;
    const auto key = [&](const Date& day) {
      return Key{period_of(day, request.period), request.by_unit ? c.unit : "", request.by_status ? c.plot_status : ""};
    };
    const auto asked_for = [&](const std::optional<Date>& day) {
      return day && *day >= request.from && *day <= request.to;
    };
    if (asked_for(c.first_seen)) {
      StatisticsRow& row = rows[key(c.first_seen)];
      ++row.opened;
      row.overdue += c.open && awaits_visit(c.judgement) && c.deadline && *c.deadline < request.to;
    }
    if (asked_for(c.confirmed_on)) ++rows[key(*c.confirmed_on)].confirmed;
    const std::optional<Date> judged_on = parse_date(c.judged_at);
    if (c.judgement != Judgement::none && asked_for(judged_on)) {
      ++rows[key(*judged_on)].judged[c.judgement];
      days[key(*judged_on)].push_back(days_between(c.first_seen, *judged_on));
    }
  }
  std::vector<StatisticsRow> list;
  for (auto& [key, row] : rows) {
    std::tie(row.period, row.unit, row.status) = key;
    int settled = 0;
    for (const auto& [judgement, n] : row.judged) settled += judgement == Judgement::unclear ? 0 : n;
    if (settled > 0)
      row.false_alarm_share =
          static_cast<double>(row.judged.contains(Judgement::false_change) ? row.judged[Judgement::false_change] : 0) /
          settled;
    if (!days[key].empty()) row.median_days_to_verdict = median(days[key]);
    list.push_back(std::move(row));
  }
  return list;
}

const std::vector<std::string>& key_statuses() {
  static const std::vector<std::string> statuses{"listed",      "survey_pending", "use_change", "priority_idle",
                                                 "acquisition", "staged",         "aftercare"};
  return statuses;
}

KeyFigure key_figure(const std::vector<Case>& cases, const PlotRegister& plots, int year,
                     const std::vector<std::string>& statuses) {
  KeyFigure figure;
  figure.year = year;
  std::set<std::string> key, violated;
  for (const Plot& p : plots.plots)
    if (std::find(statuses.begin(), statuses.end(), p.status) != statuses.end()) key.insert(p.code);
  figure.key_plots = static_cast<int>(key.size());
  for (const Case& c : cases) {
    if (c.merged_into || !key.contains(c.plot_code)) continue;
    figure.waiting += c.open && awaits_visit(c.judgement);
    if (c.judgement != Judgement::construction || !in_year(parse_date(c.judged_at), year)) continue;
    ++figure.violations;
    violated.insert(c.plot_code);
    if (in_year(c.penalised_on, year) && in_year(c.put_right_on, year))
      ++figure.settled;
    else
      figure.unsettled.push_back(c.id);
  }
  figure.violated_plots = static_cast<int>(violated.size());
  if (figure.key_plots == 0) return figure;
  figure.share = 1 - static_cast<double>(figure.violated_plots) / figure.key_plots;
  // In whole plots: 95 % of them as a fraction would round.
  const bool nearly = 20 * (figure.key_plots - figure.violated_plots) >= 19 * figure.key_plots;
  figure.met = figure.violated_plots == 0 || (nearly && figure.unsettled.empty());
  return figure;
}

std::vector<LongUnseen> long_unseen(const PlotRegister& plots, const std::vector<std::optional<Date>>& last_clear,
                                    const Date& day, int limit_days) {
  std::vector<LongUnseen> list;
  for (std::size_t i = 0; i < plots.plots.size(); ++i) {
    LongUnseen one{plots.plots[i], last_clear[i], {}};
    one.plot.geometry.clear();
    if (one.last_clear) one.days = days_between(*one.last_clear, day);
    if (!one.days || *one.days > limit_days) list.push_back(std::move(one));
  }
  std::stable_sort(list.begin(), list.end(), [](const LongUnseen& a, const LongUnseen& b) {
    if (a.days.has_value() != b.days.has_value()) return !a.days;
    return a.days && *a.days > *b.days;
  });
  return list;
}

}  // namespace plotwatch::ledger
