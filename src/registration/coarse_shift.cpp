#include <algorithm>

#include "registration/device_correlator.hpp"
#include "registration/halve.hpp"
#include "registration/overlap_correlation.hpp"
#include "registration/registration.hpp"

namespace plotwatch::registration {
namespace {

constexpr int least_side = 400;              // px: windows are halved while their sides stay above it
constexpr double chance_significance = 5.5;  // peaks of unrelated ground stay below it

WholePixelShift search(const WindowPair& pair, int reach, DeviceCorrelator* device) {
  const std::vector<GradientPair> bands = gradients_of(pair);
  if (std::min(pair.window.width, pair.window.height) / 2 < least_side) return best_overlap(bands, reach, device);
  const WholePixelShift coarse = search(HalvedPair(pair).pair(), (reach + 1) / 2, device);
  if (coarse.significance == 0) return coarse;
  WholePixelShift fine = best_near(bands, 2 * coarse.dx, 2 * coarse.dy, 2);
  fine.significance = coarse.significance;
  return fine;
}

}  // namespace

CoarseShift coarse_shift(const WindowPair& pair, const RegistrationOptions& options, DeviceCorrelator* device) {
  const int reach = std::min(options.max_shift, std::min(pair.window.width, pair.window.height) / 2);
  if (reach < 1) return {};
  if (device) device->set_ground(pair.window);
  const WholePixelShift found = search(pair, reach, device);
  const double above_chance = std::max(0.0, found.significance - chance_significance);
  return {pair.shift_x + found.dx, pair.shift_y + found.dy, above_chance / (above_chance + chance_significance)};
}

}  // namespace plotwatch::registration
