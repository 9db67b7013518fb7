#include <algorithm>
#include <cmath>

#include "registration/correlation.hpp"
#include "registration/device_correlator.hpp"
#include "registration/refine.hpp"
#include "registration/registration.hpp"
#include "registration/window_weight.hpp"

namespace plotwatch::registration {
namespace {

constexpr double stride_in_windows = 0.8;    // neighbours share no more than their tapered edges
constexpr double chance_significance = 5.0;  // peaks of unrelated ground stay below it
constexpr double chance_agreement = 4.0;     // the same for the aligned gradients, in their standard deviations
constexpr double useful_sigma = 0.25;        // px: a point this uncertain has half the reliability

// First columns of windows laid evenly from edge to edge.
std::vector<int> laid_evenly(int length, int window) {
  if (length < window) return {};
  const int count = 1 + int(std::lround((length - window) / (stride_in_windows * window)));
  std::vector<int> starts;
  for (int i = 0; i < count; ++i)
    starts.push_back(count == 1 ? (length - window) / 2
                                : int(std::lround(double(i) * (length - window) / (count - 1))));
  return starts;
}

double reliability_of(double significance, double sigma) {
  const double above_chance = std::max(0.0, significance - chance_significance);
  const double sharp = sigma / useful_sigma;
  return above_chance / (above_chance + chance_significance) / (1 + sharp * sharp);
}

// A large window finds the whole-pixel displacement, where much ground makes chance peaks rare; the four parts of it,
// two thirds as wide, measure it, where little ground is distorted little.
class WindowMatcher {
 public:
  WindowMatcher(const WindowPair& pair, const RegistrationOptions& options)
      : pair_(pair),
        min_reliability_(options.min_reliability),
        side_(options.window),
        part_(2 * options.window / 3),
        bands_(gradients_of(pair)),
        taper_(taper(side_, side_)),
        part_taper_(taper(part_, part_)) {}

  // Where the windows whose first columns and rows are given lie on the other date; then their parts.
  std::vector<TiePoint> match(const std::vector<int>& columns, const std::vector<int>& rows,
                              DeviceCorrelator* device) const {
    std::vector<PixelWindow> windows, clear;
    for (const int y : rows)
      for (const int x : columns) windows.push_back({x, y, side_, side_});
    for (const PixelWindow& w : windows)
      if (!masked(pair_, bands_, w, taper_)) clear.push_back(w);
    const std::vector<Peak> peaks = correlate(bands_, clear, taper_, reach(), device);
    std::vector<TiePoint> points;
    std::size_t next = 0;
    for (const PixelWindow& w : windows) {
      const bool seen = next < clear.size() && w == clear[next];
      const Peak peak = seen ? peaks[next++] : Peak{};
      const TiePoint::Refusal refusal = seen ? refusal_of(peak) : TiePoint::Refusal::masked;
      for (const int y : {w.y, w.bottom() - part_})
        for (const int x : {w.x, w.right() - part_}) points.push_back(measure({x, y, part_, part_}, peak, refusal));
    }
    return points;
  }

 private:
  int reach() const { return side_ / 4; }

  TiePoint::Refusal refusal_of(const Peak& peak) const {
    const bool inside = std::abs(peak.dx) < reach() && std::abs(peak.dy) < reach();
    return peak.significance == 0                               ? TiePoint::Refusal::no_texture
           : peak.significance < chance_significance || !inside ? TiePoint::Refusal::no_match
                                                                : TiePoint::Refusal::none;
  }

  TiePoint measure(const PixelWindow& part, const Peak& peak, TiePoint::Refusal refusal) const {
    TiePoint point;
    point.fate = TiePoint::Fate::unreliable;
    point.x = pair_.window.x + part.x + part.width / 2.0;
    point.y = pair_.window.y + part.y + part.height / 2.0;
    point.dx = pair_.shift_x + peak.dx;
    point.dy = pair_.shift_y + peak.dy;
    point.refusal = refusal;
    if (refusal == TiePoint::Refusal::none && masked(pair_, bands_, part, part_taper_))
      point.refusal = TiePoint::Refusal::masked;
    if (point.refusal != TiePoint::Refusal::none) return point;

    const Refinement fine = refine(bands_, part, part_taper_, peak.dx, peak.dy);
    if (!fine.converged) {
      point.fate = TiePoint::Fate::inconsistent;
      return point;
    }
    point.x = pair_.window.x + fine.x;
    point.y = pair_.window.y + fine.y;
    point.dx = pair_.shift_x + fine.dx;
    point.dy = pair_.shift_y + fine.dy;
    point.sigma = fine.sigma;
    point.var_x = fine.var_x, point.cov_xy = fine.cov_xy, point.var_y = fine.var_y;
    point.reliability = reliability_of(peak.significance, fine.sigma);
    if (point.reliability < min_reliability_ || fine.agreement < chance_agreement * fine.agreement_by_chance)
      point.refusal = TiePoint::Refusal::no_match;
    else
      point.fate = TiePoint::Fate::used;
    return point;
  }

  const WindowPair& pair_;
  const double min_reliability_;
  const int side_, part_;
  const std::vector<GradientPair> bands_;
  const Plane taper_, part_taper_;
};

}  // namespace

std::vector<TiePoint> match(const WindowPair& pair, const RegistrationOptions& options, DeviceCorrelator* device) {
  const std::vector<int> columns = laid_evenly(pair.window.width, options.window);
  const std::vector<int> rows = laid_evenly(pair.window.height, options.window);
  if (columns.empty() || rows.empty()) return {};
  if (device) device->set_ground(pair.window);
  return WindowMatcher(pair, options).match(columns, rows, device);
}

}  // namespace plotwatch::registration
