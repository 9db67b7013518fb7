#include "registration/surface.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace plotwatch::registration {
namespace {

constexpr int peak_width = 3;          // px around the peak that are no background
constexpr double least_overlap = 0.1;  // of the largest overlap; smaller ones correlate by chance

double in_steps(double v) { return std::round(v * peak_steps) / peak_steps; }

// Rounded; null where what is certain to lie between the two rounds to different steps.
std::optional<double> sure_step(double low, double high) {
  if (in_steps(low) != in_steps(high)) return std::nullopt;
  return in_steps(low);
}

// Offset of a parabola's top through three samples, the middle one the largest.
double parabola_top(double left, double middle, double right) {
  const double curvature = left - 2 * middle + right;
  return curvature < 0 ? std::clamp(0.5 * (left - right) / curvature, -0.5, 0.5) : 0.0;
}

// It rises or falls with each of its samples, so that its extremes lie at the corners of what they may be.
std::optional<double> sure_top(int best, double left, double middle, double right, double t) {
  double low = 1, high = -1;
  for (const double l : {left - t, left + t})
    for (const double m : {middle - t, middle + t})
      for (const double r : {right - t, right + t}) {
        if (t > 0 && !(l - 2 * m + r < 0)) return std::nullopt;
        const double top = parabola_top(l, m, r);
        low = std::min(low, top);
        high = std::max(high, top);
      }
  return sure_step(best + low, best + high);
}

bool near(int dx, int dy, int best_x, int best_y) {
  return std::abs(dx - best_x) <= peak_width && std::abs(dy - best_y) <= peak_width;
}

}  // namespace

std::optional<Peak> peak_of(const Surface& surface, int reach) {
  const double t = surface.tolerance;
  int best_x = 0, best_y = 0;
  double best = -1, second = -1;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      const double v = surface.at(dx, dy);
      if (v > best)
        second = best, best = v, best_x = dx, best_y = dy;
      else
        second = std::max(second, v);
    }
  if (t > 0 && !(best - t > std::max(second + t, 0.0))) return std::nullopt;
  if (!(best > 0)) return Peak{};

  double background = 0;
  int count = 0;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      if (near(dx, dy, best_x, best_y)) continue;
      const double v = surface.at(dx, dy);
      background += v * v;
      ++count;
    }
  if (count == 0) return Peak{};
  const double deviation = std::sqrt(background / count);
  if (t > 0 && !(deviation > t)) return std::nullopt;
  if (!(deviation > 0)) return Peak{};
  const std::optional<double> x =
      sure_top(best_x, surface.at(best_x - 1, best_y), best, surface.at(best_x + 1, best_y), t);
  const std::optional<double> y =
      sure_top(best_y, surface.at(best_x, best_y - 1), best, surface.at(best_x, best_y + 1), t);
  const std::optional<double> significance = sure_step((best - t) / (deviation + t), (best + t) / (deviation - t));
  if (!x || !y || !significance) return std::nullopt;
  return Peak{*x, *y, *significance};
}

namespace {

// A sum over bands and how far it may be off.
struct Sum {
  double value = 0, low = 0, high = 0;

  void add(double v, double least, double most) {
    value += v;
    low += least;
    high += most;
  }
};

double root_of_product(double a, double b) { return std::sqrt(std::max(a, 0.0) * std::max(b, 0.0)); }

}  // namespace

std::optional<WholePixelShift> best_overlap_of(const std::vector<OverlapSurfaces>& bands, int reach) {
  const int side = 2 * reach + 1;
  std::vector<Sum> product(static_cast<std::size_t>(side) * static_cast<std::size_t>(side)), energy(product.size());
  bool exact = true;
  for (const OverlapSurfaces& s : bands) {
    const double tp = s.product.tolerance, tb = s.before_energy.tolerance, ta = s.after_energy.tolerance;
    exact = exact && tp == 0 && tb == 0 && ta == 0;
    std::size_t i = 0;
    for (int dy = -reach; dy <= reach; ++dy)
      for (int dx = -reach; dx <= reach; ++dx, ++i) {
        const double p = s.product.at(dx, dy), b = s.before_energy.at(dx, dy), a = s.after_energy.at(dx, dy);
        product[i].add(p, p - tp, p + tp);
        energy[i].add(root_of_product(b, a), root_of_product(b - tb, a - ta), root_of_product(b + tb, a + ta));
      }
  }
  Sum largest;
  for (const Sum& e : energy) {
    largest.value = std::max(largest.value, e.value);
    largest.low = std::max(largest.low, e.low);
    largest.high = std::max(largest.high, e.high);
  }
  if (largest.low <= 1 && largest.high > 1 && !exact) return std::nullopt;
  if (!(largest.value > 1)) return WholePixelShift{};

  // Normalised by the root of the overlap, so that every displacement has the same spread by chance.
  std::vector<Sum> scaled(product.size());
  std::vector<bool> overlaps(product.size());
  for (std::size_t i = 0; i < product.size(); ++i) {
    const bool surely = energy[i].low >= least_overlap * largest.high;
    const bool surely_not = energy[i].high < least_overlap * largest.low;
    if (!exact && !surely && !surely_not) return std::nullopt;
    overlaps[i] = energy[i].value >= least_overlap * largest.value;
    if (!overlaps[i]) continue;
    const auto over_root = [](double p, double e_low, double e_high) { return p / std::sqrt(p > 0 ? e_high : e_low); };
    scaled[i].value = product[i].value / std::sqrt(energy[i].value);
    scaled[i].low = over_root(product[i].low, energy[i].low, energy[i].high);
    scaled[i].high = over_root(product[i].high, energy[i].high, energy[i].low);
  }
  const auto best = static_cast<std::size_t>(
      std::max_element(scaled.begin(), scaled.end(), [](const Sum& a, const Sum& b) { return a.value < b.value; }) -
      scaled.begin());
  WholePixelShift found{static_cast<int>(best) % side - reach, static_cast<int>(best) / side - reach, 0};
  double background = 0, wander = 0;  // wander: how far the background's values may be off, squared
  int count = 0;
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    if (!exact && i != best && scaled[i].high >= scaled[best].low) return std::nullopt;
    const int dx = static_cast<int>(i) % side - reach, dy = static_cast<int>(i) / side - reach;
    if (!overlaps[i] || near(dx, dy, found.dx, found.dy)) continue;
    const double off = std::max(scaled[i].high - scaled[i].value, scaled[i].value - scaled[i].low);
    background += scaled[i].value * scaled[i].value;
    wander += off * off;
    ++count;
  }
  if (!exact && !(scaled[best].low > 0)) return std::nullopt;
  if (count == 0 || !(background > 0) || !(scaled[best].value > 0)) return found;
  const double deviation = std::sqrt(background / count), off = std::sqrt(wander / count);
  if (!exact && !(deviation > off)) return std::nullopt;
  const std::optional<double> significance =
      sure_step(scaled[best].low / (deviation + off), scaled[best].high / (deviation - off));
  if (!significance) return std::nullopt;
  found.significance = *significance;
  return found;
}

}  // namespace plotwatch::registration
