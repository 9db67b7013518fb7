// A pair of dates with one changed square, and the change model fitted to it.
#pragma once

#include <cmath>
#include <vector>

#include "change/estimate.hpp"
#include "change/score.hpp"
#include "support/random_texture.hpp"

namespace plotwatch::test {

inline constexpr int side = 160, bands = 4;

// A pair with texture common to both dates, independent noise, another radiometry on the later date, and a changed
// square.
struct Pair {
  std::vector<float> before, after;
  std::vector<std::uint8_t> usable = std::vector<std::uint8_t>(side * side, 1);
  kernels::Planes<const float> planes(const std::vector<float>& v) const {
    return {v.data(), side, side, bands, side, side * side};
  }
  change::TileInput input() { return {planes(before), planes(after), {usable.data(), side, side, side}}; }
  change::TileInput input(const PixelWindow& w) {
    const change::TileInput all = input();
    return {all.before.sub(w.x, w.y, w.width, w.height), all.after.sub(w.x, w.y, w.width, w.height),
            all.usable.sub(w.x, w.y, w.width, w.height)};
  }
};

inline constexpr PixelWindow changed{60, 70, 24, 18};

inline Pair make_pair() {
  Random random(3);
  Pair p;
  p.before.resize(bands * side * side);
  p.after.resize(bands * side * side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const double fields = std::sin(x / 9.0) + std::cos(y / 7.0) + std::sin((x + 2 * y) / 23.0);
      for (int b = 0; b < bands; ++b) {
        const auto i = static_cast<std::size_t>((b * side + y) * side + x);
        const double truth = 0.1 + 0.05 * b + 0.03 * fields * (b == 3 ? -1 : 1) + 0.01 * random.normal();
        const bool is_changed = x >= changed.x && x < changed.right() && y >= changed.y && y < changed.bottom();
        p.before[i] = static_cast<float>(truth + 0.004 * random.normal());
        p.after[i] = static_cast<float>(1.2 * (truth + (is_changed ? (b == 3 ? -0.15 : 0.12) : 0)) + 0.02 +
                                        0.004 * random.normal());
      }
    }
  return p;
}

inline change::ChangeModel fitted(Pair& pair, const ChangeOptions& options, double residual_px = 0.1) {
  const change::TileInput in = pair.input();
  change::PixelSample sample{bands, {}};
  const PixelWindow all{0, 0, side, side};
  change::append(sample, in.before, in.after, in.usable, all, 0, 0, 1);
  change::ChangeModel model =
      change::fit(sample, {BandRole::blue, BandRole::green, BandRole::red, BandRole::nir},
                  Calibration::surface_reflectance, Calibration::surface_reflectance, residual_px, options);
  change::ScoreSample scores;
  change::Workspace workspace;
  change::append_scores(scores, model, in, all, 0, 0, 1, workspace);
  change::calibrate(model, scores, options);
  return model;
}

}  // namespace plotwatch::test
