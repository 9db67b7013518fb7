#include "ledger/worth.hpp"

#include <algorithm>
#include <map>

namespace plotwatch::ledger {
namespace {

constexpr double seen_share = 0.5;  // of the plot clear, for its covers to be those of the whole
constexpr std::size_t least_dates = 3;
constexpr double upper = 0.9;          // quantile of the past bare shares
constexpr double bare_at_times = 0.5;  // of the plot
constexpr double hardly_more = 0.05;   // of the plot

double bare_share(const PlotView& view) { return view.after_cover[static_cast<std::size_t>(Cover::bare)]; }

bool lies_bare_at_times(const PlotHistory& history, const RecordedSighting& sighting, const Date& from) {
  std::map<Date, double> past;  // several scans of one date are one look
  std::optional<double> now;
  for (const PlotView& view : history.views) {
    if (view.clear_share < seen_share) continue;
    if (view.scan_id == sighting.scan_id) now = bare_share(view);
    if (view.after_date < from) {
      double& share = past.try_emplace(view.after_date, 0.0).first->second;
      share = std::max(share, bare_share(view));
    }
  }
  if (!now || past.size() < least_dates) return false;
  std::vector<double> shares;
  for (const auto& [date, share] : past) shares.push_back(share);
  std::sort(shares.begin(), shares.end());
  const double high = shares[static_cast<std::size_t>(upper * static_cast<double>(shares.size() - 1))];
  return high >= bare_at_times && *now < high + hardly_more;
}

}  // namespace

double worth(const PlotHistory& history, const RecordedSighting& sighting, const Date& from, const CasePolicy& policy) {
  const double confidence = sighting.candidate.confidence;
  if (confidence <= policy.weak_confidence) return confidence;
  const Transition t = sighting.candidate.transition;
  const bool of_its_own =
      t.after == Cover::vegetation || t.after == Cover::water || t.before == Cover::water ||
      (t.after == Cover::bare && t.before != Cover::built && lies_bare_at_times(history, sighting, from));
  return of_its_own ? policy.weak_confidence : confidence;
}

}  // namespace plotwatch::ledger
