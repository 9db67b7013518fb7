// Both rasters hold 256 values, so counts of values say everything, and their sums do not depend on an order.
#include <algorithm>
#include <array>
#include <cstdint>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

using Counts = std::array<std::int64_t, 256>;
constexpr std::uint8_t score_nodata = 255;

Counts count(const ChangeComponent& component, kernels::View<const std::uint8_t> raster) {
  Counts counts{};
  for (const ChangeRun& run : component.runs) {
    const std::uint8_t* row = raster.row(run.y - component.window.y) - component.window.x;
    for (int x = run.x0; x < run.x1; ++x) ++counts[row[x]];
  }
  return counts;
}

void add_scores(const Counts& counts, const std::function<double(std::uint8_t)>& score_of, ChangePatch& patch) {
  double sum = 0;
  std::int64_t pixels = 0;
  for (int value = 0; value < score_nodata; ++value) {
    const std::int64_t n = counts[static_cast<std::size_t>(value)];
    if (n == 0) continue;
    const double score = score_of(static_cast<std::uint8_t>(value));
    sum += static_cast<double>(n) * score;
    pixels += n;
    patch.peak_score = std::max(patch.peak_score, score);
  }
  if (pixels > 0) patch.mean_score = sum / static_cast<double>(pixels);
}

// A change of cover that has a name of its own.
bool is_named(const std::optional<Transition>& t) {
  return t && t->before != t->after && t->before != Cover::unknown && t->after != Cover::unknown;
}

void add_transition(const Counts& counts, ChangePatch& patch) {
  std::int64_t most = 0, named = 0;
  for (int value = 0; value < 256; ++value) {
    const std::int64_t n = counts[static_cast<std::size_t>(value)];
    const std::optional<Transition> t = decode_transition(static_cast<std::uint8_t>(value));
    if (!is_named(t)) continue;
    named += n;
    if (n > most) {  // of equals, the one with the lowest value
      most = n;
      patch.transition = *t;
    }
  }
  const bool holds = most > 0 && 3 * most >= patch.pixels;
  if (!holds) patch.transition = {};
  if (patch.pixels > 0)
    patch.transition_share =
        static_cast<double>(holds ? most : patch.pixels - named) / static_cast<double>(patch.pixels);
}

}  // namespace

ChangePatch describe(const ChangeComponent& component, const Grid& grid, kernels::View<const std::uint8_t> score,
                     kernels::View<const std::uint8_t> transition,
                     const std::function<double(std::uint8_t)>& score_of) {
  ChangePatch patch;
  patch.geometry = outline(component, grid);
  patch.window = component.window;
  patch.pixels = component.pixels;
  add_scores(count(component, score), score_of, patch);
  add_transition(count(component, transition), patch);
  return patch;
}

}  // namespace plotwatch::vectorise
