// What an office is asked for every quarter. Pure: cases and plots in, counts out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/ledger.hpp"

namespace plotwatch::ledger {

enum class Period { month, quarter, year };
std::string period_of(const Date& day, Period period);  // "2026-03", "2026-Q1", "2026"

struct StatisticsRequest {
  Date from, to;  // inclusive; `to` is also the day on which overdue cases are counted
  Period period = Period::quarter;
  bool by_unit = false, by_status = false;
};

struct StatisticsRow {
  std::string period, unit, status;              // unit and status empty where not asked for
  int opened = 0;                                // first seen in the period
  int confirmed = 0;                             // confirmed by looks in the period
  std::map<Judgement, int> judged;               // by the judgement that counts, given in the period
  std::optional<double> false_alarm_share;       // false changes over all judged but `unclear`, [0, 1]
  std::optional<double> median_days_to_verdict;  // from the first sighting
  int overdue = 0;  // of those opened in the period: open, not visited, deadline before `to`
};

// Cases that go on as others do not count. Rows by period, unit and status.
std::vector<StatisticsRow> statistics(const std::vector<Case>& cases, const StatisticsRequest& request);

// The share of key plots that were used safely in a year: plots of the statuses on which no construction was found on
// site in it. The aim is met with 100 %, or with 95 % and more when every such construction was penalised and put right
// within the year.
struct KeyFigure {
  int year = 0;
  int key_plots = 0, violated_plots = 0;
  int violations = 0, settled = 0;  // constructions found on site in the year; those penalised and put right in it
  int waiting = 0;                  // open cases on key plots that nobody has visited: the share may still fall
  std::optional<double> share;      // [0, 1]; empty without key plots
  std::optional<bool> met;
  std::vector<std::string> unsettled;  // case ids
};

// Statuses that make a plot a key plot unless others are named.
const std::vector<std::string>& key_statuses();

// `plots` as they hold at the end of the year, or on the day that is asked for.
KeyFigure key_figure(const std::vector<Case>& cases, const PlotRegister& plots, int year,
                     const std::vector<std::string>& statuses);

struct LongUnseen {
  Plot plot;                       // without geometry
  std::optional<Date> last_clear;  // empty: never
  std::optional<int> days;         // up to the day that is asked for
};

// Plots without a clear view for more than `limit_days` up to `day`, the longest first; those never seen come first of
// all.
std::vector<LongUnseen> long_unseen(const PlotRegister& plots, const std::vector<std::optional<Date>>& last_clear,
                                    const Date& day, int limit_days);

}  // namespace plotwatch::ledger
