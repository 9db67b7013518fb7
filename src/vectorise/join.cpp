// Connected components by union-find over runs (L. He, Y. Chao, K. Suzuki, "A run-based two-scan labeling algorithm",
// IEEE Trans. Image Processing 17(5), 2008). Linear in the runs but for sorting them.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/disjoint_sets.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

// Sorted by (y, x0), pieces of one run that a tile seam cut put together again.
void normalise(std::vector<ChangeRun>& runs) {
  std::erase_if(runs, [](const ChangeRun& r) { return r.x1 <= r.x0; });
  const auto before = [](const ChangeRun& a, const ChangeRun& b) { return a.y != b.y ? a.y < b.y : a.x0 < b.x0; };
  if (!std::is_sorted(runs.begin(), runs.end(), before)) std::sort(runs.begin(), runs.end(), before);
  std::size_t kept = 0;
  for (const ChangeRun& run : runs) {
    if (kept > 0 && runs[kept - 1].y == run.y && run.x0 <= runs[kept - 1].x1) {
      runs[kept - 1].x1 = std::max(runs[kept - 1].x1, run.x1);
      runs[kept - 1].strong |= run.strong;
    } else {
      runs[kept++] = run;
    }
  }
  runs.resize(kept);
}

// Sets of runs that touch. Their roots are their first runs.
DisjointSets connect(const std::vector<ChangeRun>& runs) {
  DisjointSets sets(runs.size());
  std::size_t above = 0;  // first run of the row above that may still touch
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const ChangeRun& run = runs[i];
    // Everything in rows before the one above, and what ends west of this run's western neighbour, is done with.
    while (above < i && (runs[above].y < run.y - 1 || (runs[above].y == run.y - 1 && runs[above].x1 < run.x0))) ++above;
    for (std::size_t j = above; j < i && runs[j].y == run.y - 1 && runs[j].x0 <= run.x1; ++j) sets.unite(j, i);
  }
  return sets;
}

void include(ChangeComponent& component, const ChangeRun& run) {
  PixelWindow& w = component.window;
  if (component.runs.empty()) w = {run.x0, run.y, run.x1 - run.x0, 1};
  const int right = std::max(w.right(), run.x1);
  w.x = std::min(w.x, run.x0);
  w.width = right - w.x;
  w.height = run.y + 1 - w.y;  // rows come in order
  component.pixels += run.x1 - run.x0;
  component.runs.push_back(run);
}

}  // namespace

std::vector<ChangeComponent> join(std::vector<ChangeRun> runs, int min_pixels) {
  normalise(runs);
  DisjointSets sets = connect(runs);

  struct Summary {
    std::int64_t pixels = 0;
    std::uint32_t runs = 0;
    bool strong = false;
  };
  std::vector<Summary> summaries(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    Summary& s = summaries[sets.root(i)];
    s.pixels += runs[i].x1 - runs[i].x0;
    s.runs += 1;
    s.strong |= runs[i].strong;
  }

  constexpr std::uint32_t dropped = UINT32_MAX;
  std::vector<std::uint32_t> place(runs.size(), dropped);  // of a root: its component
  std::vector<ChangeComponent> components;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Summary& s = summaries[i];
    if (s.runs == 0 || !s.strong || s.pixels < min_pixels) continue;
    place[i] = static_cast<std::uint32_t>(components.size());
    components.emplace_back().runs.reserve(s.runs);
  }
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (const std::uint32_t c = place[sets.root(i)]; c != dropped) include(components[c], runs[i]);
  return components;
}

}  // namespace plotwatch::vectorise
