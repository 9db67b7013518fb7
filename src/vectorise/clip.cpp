#include <algorithm>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

void add(ChangeComponent& to, const ChangeRun& run, int x0, int x1) {
  to.runs.push_back({run.y, x0, x1, run.strong});
  to.pixels += x1 - x0;
}

// Both lists are sorted by (y, x0), so one walk serves all runs. `use(run, overlaps)` gets each run of the component
// with the first of `pixels` that ends after the run's start in its row.
template <class Use>
void walk(const ChangeComponent& component, const std::vector<PixelRun>& pixels, Use use) {
  auto first = std::lower_bound(pixels.begin(), pixels.end(), component.window.y,
                                [](const PixelRun& p, int y) { return p.y < y; });
  for (const ChangeRun& run : component.runs) {
    while (first != pixels.end() && (first->y < run.y || (first->y == run.y && first->x1 <= run.x0))) ++first;
    use(run, first);
  }
}

}  // namespace

ChangeComponent clip(const ChangeComponent& component, const std::vector<PixelRun>& pixels) {
  ChangeComponent kept{{}, component.window, 0};
  walk(component, pixels, [&](const ChangeRun& run, auto p) {
    for (; p != pixels.end() && p->y == run.y && p->x0 < run.x1; ++p)
      add(kept, run, std::max(run.x0, p->x0), std::min(run.x1, p->x1));
  });
  return kept;
}

ChangeComponent without(const ChangeComponent& component, const std::vector<PixelRun>& pixels) {
  ChangeComponent kept{{}, component.window, 0};
  walk(component, pixels, [&](const ChangeRun& run, auto p) {
    int x = run.x0;
    for (; p != pixels.end() && p->y == run.y && p->x0 < run.x1; ++p) {
      if (p->x0 > x) add(kept, run, x, p->x0);
      x = std::max(x, p->x1);
    }
    if (x < run.x1) add(kept, run, x, run.x1);
  });
  return kept;
}

}  // namespace plotwatch::vectorise
