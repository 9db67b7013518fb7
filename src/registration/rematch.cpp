// The second look: displacements that a field leaves.
#include <algorithm>
#include <cmath>

#include "registration/refine.hpp"
#include "registration/registration.hpp"
#include "registration/warp.hpp"
#include "registration/window_weight.hpp"

namespace plotwatch::registration {
namespace {

constexpr int part_of_window = 2;  // a window of the second look is this part of a matching window wide
constexpr int overlap = 2;         // windows over each place, a direction
constexpr double chance_agreement = 4.0;

std::vector<int> steps(int length, int side) {
  std::vector<int> starts;
  if (length < side) return starts;
  const int count = 1 + int(std::lround(double(length - side) * overlap / side));
  for (int i = 0; i < count; ++i)
    starts.push_back(count == 1 ? (length - side) / 2 : int(std::lround(double(i) * (length - side) / (count - 1))));
  return starts;
}

}  // namespace

std::vector<TiePoint> rematch(const WindowPair& pair, const DisplacementField& field,
                              const RegistrationOptions& options) {
  std::vector<GradientPair> bands = gradients_of(pair);
  for (GradientPair& band : bands) band.after = warp(band.after, pair.window, pair.shift_x, pair.shift_y, field);
  const int side = options.window / part_of_window;
  const Plane weight = taper(side, side);
  std::vector<TiePoint> points;
  for (const int top : steps(pair.window.height, side))
    for (const int left : steps(pair.window.width, side)) {
      const PixelWindow window{left, top, side, side};
      TiePoint p;
      p.fate = TiePoint::Fate::unreliable;
      p.x = pair.window.x + left + side / 2.0;
      p.y = pair.window.y + top + side / 2.0;
      if (masked(pair, bands, window, weight)) {
        p.refusal = TiePoint::Refusal::masked;
        points.push_back(p);
        continue;
      }
      const Refinement fine = refine(bands, window, weight, 0, 0);
      if (!fine.converged) {
        p.fate = TiePoint::Fate::inconsistent;
        points.push_back(p);
        continue;
      }
      p.x = pair.window.x + fine.x;
      p.y = pair.window.y + fine.y;
      const Point d = field.at(p.x, p.y);
      p.dx = d.x + fine.dx;
      p.dy = d.y + fine.dy;
      p.sigma = fine.sigma;
      p.var_x = fine.var_x, p.cov_xy = fine.cov_xy, p.var_y = fine.var_y;
      p.reliability = 1 / (1 + 16 * fine.sigma * fine.sigma);
      if (p.reliability < options.min_reliability || fine.agreement < chance_agreement * fine.agreement_by_chance)
        p.refusal = TiePoint::Refusal::no_match;
      else
        p.fate = TiePoint::Fate::used;
      points.push_back(p);
    }
  return points;
}

}  // namespace plotwatch::registration
