#include <algorithm>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

void add(ChangeComponent& to, const ChangeRun& run, int x0, int x1) {
  to.runs.push_back({run.y, x0, x1, run.strong});
  to.pixels += x1 - x0;
}

bool ends_before(const PixelRun& p, const ChangeRun& run) { return p.y < run.y || (p.y == run.y && p.x1 <= run.x0); }

}  // namespace

ChangeComponent clip(const ChangeComponent& component, const std::vector<PixelRun>& pixels) {
  ChangeComponent kept{{}, component.window, 0};
  if (pixels.empty()) return kept;
  // Only the rows that `pixels` has: a plot is small beside a component that covers half a scene.
  auto run = std::lower_bound(component.runs.begin(), component.runs.end(), pixels.front().y,
                              [](const ChangeRun& r, int y) { return r.y < y; });
  auto first = pixels.begin();
  for (; run != component.runs.end() && run->y <= pixels.back().y; ++run) {
    while (first != pixels.end() && ends_before(*first, *run)) ++first;
    for (auto p = first; p != pixels.end() && p->y == run->y && p->x0 < run->x1; ++p)
      add(kept, *run, std::max(run->x0, p->x0), std::min(run->x1, p->x1));
  }
  return kept;
}

ChangeComponent without(const ChangeComponent& component, const std::vector<PixelRun>& pixels) {
  ChangeComponent kept{{}, component.window, 0};
  auto first = pixels.begin();
  for (const ChangeRun& run : component.runs) {
    while (first != pixels.end() && ends_before(*first, run)) ++first;
    int x = run.x0;
    for (auto p = first; p != pixels.end() && p->y == run.y && p->x0 < run.x1; ++p) {
      if (p->x0 > x) add(kept, run, x, p->x0);
      x = std::max(x, p->x1);
    }
    if (x < run.x1) add(kept, run, x, run.x1);
  }
  return kept;
}

}  // namespace plotwatch::vectorise
