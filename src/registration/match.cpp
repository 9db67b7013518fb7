#include <algorithm>
#include <cmath>
#include <cstdint>

#include "registration/correlation.hpp"
#include "registration/refine.hpp"
#include "registration/registration.hpp"

namespace plotwatch::registration {
namespace {

constexpr double stride_in_windows = 0.8;       // so that neighbours share no more than their tapered edges
constexpr double least_usable_share = 0.5;      // of a window's pixels, on both dates
constexpr double least_matched_share = 0.25;    // of a window's tapered weight, away from masks
constexpr double chance_significance = 5.0;     // peaks of unrelated ground stay below it
constexpr double useful_sigma = 0.25;           // px: a point this uncertain has half the reliability

// First columns of windows laid evenly from edge to edge.
std::vector<int> laid_evenly(int length, int window) {
  if (length < window) return {};
  const int count = 1 + int(std::lround((length - window) / (stride_in_windows * window)));
  std::vector<int> starts;
  for (int i = 0; i < count; ++i)
    starts.push_back(count == 1 ? (length - window) / 2 : int(std::lround(double(i) * (length - window) / (count - 1))));
  return starts;
}

double share_usable(kernels::Mask before, kernels::Mask after, const PixelWindow& w) {
  std::int64_t usable = 0;
  for (int y = w.y; y < w.bottom(); ++y)
    for (int x = w.x; x < w.right(); ++x) usable += before(x, y) != 0 && after(x, y) != 0;
  return double(usable) / double(w.pixels());
}

// Share of the taper that lies on gradients away from masks on both dates.
double share_matched(const GradientPair& band, const PixelWindow& w, const Plane& weight) {
  double matched = 0, whole = 0;
  for (int y = 0; y < w.height; ++y)
    for (int x = 0; x < w.width; ++x) {
      const float t = weight.row(y)[x];
      whole += t;
      matched += t * band.before.weight.row(w.y + y)[w.x + x] * band.after.weight.row(w.y + y)[w.x + x];
    }
  return whole > 0 ? matched / whole : 0;
}

double reliability_of(double significance, double sigma) {
  const double above_chance = std::max(0.0, significance - chance_significance);
  const double sharp = sigma / useful_sigma;
  return above_chance / (above_chance + chance_significance) / (1 + sharp * sharp);
}

TiePoint match_window(const WindowPair& pair, const std::vector<GradientPair>& bands, const PixelWindow& w,
                      const Plane& weight, double min_reliability) {
  TiePoint point;
  point.fate = TiePoint::Fate::unreliable;
  point.x = pair.window.x + w.x + w.width / 2.0;
  point.y = pair.window.y + w.y + w.height / 2.0;
  point.dx = pair.shift_x;
  point.dy = pair.shift_y;
  const auto refused = [&](TiePoint::Refusal why) {
    point.refusal = why;
    return point;
  };
  if (share_usable(pair.before_usable, pair.after_usable, w) < least_usable_share)
    return refused(TiePoint::Refusal::masked);
  double matched = 0;
  for (const GradientPair& band : bands) matched = std::max(matched, share_matched(band, w, weight));
  if (matched < least_matched_share) return refused(TiePoint::Refusal::masked);

  const int reach = w.width / 4;
  const Peak peak = correlate(bands, w, weight, reach);
  if (peak.significance == 0) return refused(TiePoint::Refusal::no_texture);
  point.dx = pair.shift_x + peak.dx;
  point.dy = pair.shift_y + peak.dy;
  if (peak.significance < chance_significance || std::abs(peak.dx) >= reach || std::abs(peak.dy) >= reach)
    return refused(TiePoint::Refusal::no_match);

  const Refinement fine = refine(bands, w, weight, peak.dx, peak.dy);
  if (!fine.converged) {
    point.fate = TiePoint::Fate::inconsistent;
    return point;
  }
  point.x = pair.window.x + fine.x;
  point.y = pair.window.y + fine.y;
  point.dx = pair.shift_x + fine.dx;
  point.dy = pair.shift_y + fine.dy;
  point.sigma = fine.sigma;
  point.reliability = reliability_of(peak.significance, fine.sigma);
  if (point.reliability < min_reliability) return refused(TiePoint::Refusal::no_match);
  point.fate = TiePoint::Fate::used;
  return point;
}

}  // namespace

std::vector<TiePoint> match(const WindowPair& pair, const RegistrationOptions& options) {
  const std::vector<int> columns = laid_evenly(pair.window.width, options.window);
  const std::vector<int> rows = laid_evenly(pair.window.height, options.window);
  std::vector<TiePoint> points;
  if (columns.empty() || rows.empty()) return points;
  const std::vector<GradientPair> bands = gradients_of(pair);
  const Plane weight = taper(options.window, options.window);
  for (const int y : rows)
    for (const int x : columns)
      points.push_back(match_window(pair, bands, {x, y, options.window, options.window}, weight, options.min_reliability));
  return points;
}

}  // namespace plotwatch::registration
