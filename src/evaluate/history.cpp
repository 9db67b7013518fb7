#include "evaluate/history.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluate/pixel_figures.hpp"
#include "io/geometry_ops.hpp"

namespace plotwatch::evaluate {

namespace {

int days_between(const Date& from, const Date& to) { return static_cast<int>((to.days() - from.days()).count()); }

// Days of clear views by plot, sorted, each once.
using Looks = std::map<std::string, std::vector<Date>>;

Looks looks_of(std::span<const ClearView> views) {
  Looks looks;
  for (const ClearView& view : views) looks[view.plot_code].push_back(view.date);
  for (auto& [plot, days] : looks) {
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
  }
  return looks;
}

int looks_from(const Looks& looks, const std::string& plot, const Date& from, const Date& to) {
  const auto found = looks.find(plot);
  if (found == looks.end()) return 0;
  return static_cast<int>(std::count_if(found->second.begin(), found->second.end(),
                                        [&](const Date& day) { return day >= from && day <= to; }));
}

bool share_ground(const MultiPolygon& a, const MultiPolygon& b, double least_share) {
  if (a.empty() || b.empty()) return true;
  if (!bounds(a).intersects(bounds(b))) return false;
  const double shared = area(io::intersection(a, b));
  return shared > 0 && shared >= least_share * std::min(area(a), area(b));
}

// The first day on which some right case saw a site, and on which one was confirmed.
struct Found {
  std::optional<Date> seen, confirmed;
};

void note_earlier(std::optional<Date>& day, const std::optional<Date>& other) {
  if (other && (!day || *other < *day)) day = other;
}

// The smallest of `delays` within which `share` of `all` lie; those that are missing in `delays` never came.
std::optional<int> quantile(std::vector<int> delays, int all, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * all - 1e-9));
  if (rank == 0 || rank > delays.size()) return std::nullopt;
  std::sort(delays.begin(), delays.end());
  return delays[rank - 1];
}

class Group {
 public:
  explicit Group(std::string name) { figures_.name = std::move(name); }

  void add(const TrueSite& site, const Found& found, const Looks& looks, const Date& last, int least_looks) {
    ++figures_.sites;
    if (looks_from(looks, site.plot_code, site.start, last) < least_looks) {
      ++figures_.too_few_looks;
      return;
    }
    ++fair_;
    const auto note = [&](const std::optional<Date>& day, Delays& delays) {
      if (!day) return;
      delays.days.push_back(days_between(site.start, *day));
      delays.looks.push_back(looks_from(looks, site.plot_code, site.start, *day));
    };
    note(found.seen, seen_);
    note(found.confirmed, confirmed_);
  }

  SiteGroup figures() {
    figures_.seen = found_figures(seen_);
    figures_.confirmed = found_figures(confirmed_);
    return figures_;
  }

 private:
  struct Delays {
    std::vector<int> looks, days;
  };
  FoundFigures found_figures(const Delays& delays) const {
    FoundFigures f;
    f.sites = fair_;
    f.recall = ratio(static_cast<double>(delays.days.size()), fair_);
    f.median_looks = quantile(delays.looks, fair_, 0.5);
    f.p90_looks = quantile(delays.looks, fair_, 0.9);
    f.median_days = quantile(delays.days, fair_, 0.5);
    f.p90_days = quantile(delays.days, fair_, 0.9);
    return f;
  }

  SiteGroup figures_;
  int fair_ = 0;
  Delays seen_, confirmed_;
};

void finish(CaseCounts& counts, double plot_years) {
  counts.in_vain = counts.cases - counts.right;
  counts.precision = ratio(counts.right, counts.cases);
  counts.in_vain_per_100_plot_years =
      plot_years > 0 ? 100 * counts.in_vain / plot_years : std::numeric_limits<double>::quiet_NaN();
}

std::string ground_of(const HistoryCase& c, const HistoryTruth& truth, const HistoryRules& rules) {
  for (const TrueSite& site : truth.sites)
    if (site.plot_code == c.plot_code && share_ground(c.geometry, site.geometry, rules.overlap))
      return "site, before its start";
  if (!c.geometry.empty())
    for (const TrueEvent& event : truth.events)
      if (c.first_seen >= event.from && share_ground(c.geometry, event.geometry, rules.overlap)) return event.kind;
  return "nothing known";
}

}  // namespace

std::vector<std::string> HistoryRules::problems() const {
  std::vector<std::string> p;
  if (!(large_px >= 0)) p.emplace_back("large_px must be at least 0");
  if (least_looks < 0) p.emplace_back("least_looks must be at least 0");
  if (!(overlap >= 0 && overlap <= 1)) p.emplace_back("overlap must be 0 to 1");
  if (!(clear_share > 0 && clear_share <= 1)) p.emplace_back("clear_share must be above 0, at most 1");
  return p;
}

HistoryFigures history_figures(const HistoryTruth& truth, std::span<const HistoryCase> cases,
                               std::span<const ClearView> views, const HistoryRules& rules) {
  HistoryFigures f;
  f.plots = truth.plots;
  f.years = (days_between(truth.first, truth.last) + 1) / 365.25;
  const Looks looks = looks_of(views);
  std::vector<Found> found(truth.sites.size());
  for (const HistoryCase& c : cases) {
    bool right = false;
    for (std::size_t i = 0; i < truth.sites.size(); ++i) {
      const TrueSite& site = truth.sites[i];
      if (site.plot_code != c.plot_code || c.first_seen < site.start) continue;
      if (!share_ground(c.geometry, site.geometry, rules.overlap)) continue;
      right = true;
      note_earlier(found[i].seen, c.first_seen);
      note_earlier(found[i].confirmed, c.confirmed);
    }
    ++f.seen.cases;
    f.seen.right += right ? 1 : 0;
    if (c.confirmed) {
      ++f.confirmed.cases;
      f.confirmed.right += right ? 1 : 0;
    }
    if (right) continue;
    auto& [all, confirmed] = f.in_vain_on[ground_of(c, truth, rules)];
    ++all;
    if (!c.confirmed) continue;
    ++confirmed;
    f.confirmed_in_vain_gone += c.tier == "gone" ? 1 : 0;
  }
  const double plot_years = truth.plots * f.years;
  finish(f.seen, plot_years);
  finish(f.confirmed, plot_years);

  std::map<std::string, Group> kinds;
  Group all("all sites"), large("large sites");
  for (std::size_t i = 0; i < truth.sites.size(); ++i) {
    const TrueSite& site = truth.sites[i];
    const auto add = [&](Group& group) { group.add(site, found[i], looks, truth.last, rules.least_looks); };
    add(all);
    if (site.pixels >= rules.large_px) add(large);
    add(kinds.try_emplace(site.kind, site.kind).first->second);
  }
  f.groups = {all.figures(), large.figures()};
  for (auto& [name, group] : kinds) f.groups.push_back(group.figures());
  return f;
}

}  // namespace plotwatch::evaluate
