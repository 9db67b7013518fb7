// Both rasters hold 256 values, so counts of values say everything, and their sums do not depend on an order.
#include <algorithm>
#include <array>
#include <cstdint>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

using Counts = std::array<std::int64_t, 256>;
constexpr std::uint8_t score_nodata = 255;

// Calls use(transition, count) for every code that stands for one, in the order of codes.
template <class Use>
void each_transition(const Counts& counts, Use use) {
  static const std::vector<Transition> all = all_transitions();
  for (const Transition t : all) use(t, counts[encode(t)]);
}

Counts count(const ChangeComponent& component, kernels::View<const std::uint8_t> raster) {
  Counts counts{};
  for (const ChangeRun& run : component.runs) {
    const std::uint8_t* row = raster.row(run.y - component.window.y) - component.window.x;
    for (int x = run.x0; x < run.x1; ++x) ++counts[row[x]];
  }
  return counts;
}

void add_scores(const Counts& counts, const std::function<double(std::uint8_t)>& score_of, ChangeEvidence& patch) {
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
bool is_named(Transition t) { return t.before != t.after && t.before != Cover::unknown && t.after != Cover::unknown; }

void add_transition(const Counts& counts, ChangeEvidence& patch) {
  std::array<std::int64_t, 5> became{};  // by the cover that a pixel turned into from another
  std::int64_t named = 0;
  const auto each_named = [&](auto&& use) {
    each_transition(counts, [&](Transition t, std::int64_t n) {
      if (is_named(t)) use(t, n);
    });
  };
  each_named([&](Transition t, std::int64_t n) {
    became[static_cast<std::size_t>(t.after)] += n;
    named += n;
  });
  // Of equals, the cover with the lowest number.
  const auto after = static_cast<Cover>(std::max_element(became.begin(), became.end()) - became.begin());
  const std::int64_t turned = became[static_cast<std::size_t>(after)];
  const bool holds = turned > 0 && 3 * turned >= patch.pixels;
  std::int64_t most = 0;
  if (holds)
    each_named([&](Transition t, std::int64_t n) {
      if (t.after != after || n <= most) return;
      most = n;
      patch.transition = t;
    });
  if (patch.pixels > 0)
    patch.transition_share =
        static_cast<double>(holds ? turned : patch.pixels - named) / static_cast<double>(patch.pixels);
}

void add_covers(const Counts& counts, ChangeEvidence& patch) {
  std::int64_t seen = 0;
  std::array<std::int64_t, 5> before{}, after{};
  each_transition(counts, [&](Transition t, std::int64_t n) {
    before[static_cast<std::size_t>(t.before)] += n;
    after[static_cast<std::size_t>(t.after)] += n;
    seen += n;
  });
  for (std::size_t c = 0; seen > 0 && c < before.size(); ++c) {
    patch.before_cover[c] = static_cast<double>(before[c]) / static_cast<double>(seen);
    patch.after_cover[c] = static_cast<double>(after[c]) / static_cast<double>(seen);
  }
}

}  // namespace

ChangeEvidence evidence(const ChangeComponent& component, kernels::View<const std::uint8_t> score,
                        kernels::View<const std::uint8_t> transition,
                        const std::function<double(std::uint8_t)>& score_of) {
  ChangeEvidence found;
  found.pixels = component.pixels;
  add_scores(count(component, score), score_of, found);
  const Counts codes = count(component, transition);
  add_transition(codes, found);
  add_covers(codes, found);
  return found;
}

}  // namespace plotwatch::vectorise
