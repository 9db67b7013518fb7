// The cases of a lasting record against a history of which all is known: how late, how many, how many in vain.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch::evaluate {

// A case as a record tells it. One that goes on as another is left out by whoever makes the list.
struct HistoryCase {
  std::string id, plot_code;
  MultiPolygon geometry;  // in truth's CRS; empty: anywhere on its plot
  Date first_seen;
  std::optional<Date> confirmed;  // the look that confirmed it
  std::string tier;               // "first_seen", "confirmed", "established", "gone"
};

// A day on which a plot was clear enough to be looked at.
struct ClearView {
  std::string plot_code;
  Date date;
};

struct TrueSite {
  std::string id, plot_code, kind;
  bool permitted = false;
  Date start;
  double pixels = 0;
  MultiPolygon geometry;
};

// Change that is no construction.
struct TrueEvent {
  std::string kind;
  Date from;
  MultiPolygon geometry;
};

struct HistoryTruth {
  Crs crs;
  int plots = 0;
  Date first, last;  // scenes
  std::vector<TrueSite> sites;
  std::vector<TrueEvent> events;
};

struct HistoryRules {
  double large_px = 12;      // sites of this size and more stand in a row of their own
  int least_looks = 3;       // sites with fewer clear views from their start to the end are set apart, not missed
  double overlap = 0.1;      // of the smaller of both areas, that makes a case one of a site
  double clear_share = 0.5;  // of a plot, that makes a view a clear one
  std::vector<std::string> problems() const;
};

// Of the sites of a group that could be looked at often enough. Looks are clear views of the plot from the start on, so
// 1 is the first chance there was. Quantiles are the smallest delay within which that share of all these sites was
// found, missed ones included: empty when fewer were found at all.
struct FoundFigures {
  int sites = 0;
  double recall = 0;  // NaN without sites
  std::optional<int> median_looks, p90_looks, median_days, p90_days;
};

struct SiteGroup {
  std::string name;
  int sites = 0;
  int too_few_looks = 0;
  FoundFigures seen, confirmed;
};

struct CaseCounts {
  int cases = 0, right = 0, in_vain = 0;
  double precision = 0;                   // NaN without cases
  double in_vain_per_100_plot_years = 0;  // per 100 plots and year
};

struct HistoryFigures {
  double years = 0;
  int plots = 0;
  std::vector<SiteGroup> groups;   // all sites, large ones, then each kind in the order of the alphabet
  CaseCounts seen, confirmed;      // all cases, and those that were confirmed
  int confirmed_in_vain_gone = 0;  // of them, those that the record itself gave up later
  // What cases in vain lie on: kinds of events, "site, before its start", "nothing known"; all and confirmed ones.
  std::map<std::string, std::pair<int, int>> in_vain_on;
};

// A case is right when it shares ground with a site on its plot and was first seen on the day of its start or later.
HistoryFigures history_figures(const HistoryTruth& truth, std::span<const HistoryCase> cases,
                               std::span<const ClearView> views, const HistoryRules& rules = {});

std::string to_text(const HistoryFigures& figures);
std::string to_json(const HistoryFigures& figures);

}  // namespace plotwatch::evaluate
