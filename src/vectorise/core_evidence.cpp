#include <algorithm>
#include <span>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

struct Span {
  int x0, x1;
};

// Runs of one row without those that touch; `at` moves to the next row.
std::vector<Span> row_of(const std::vector<ChangeRun>& runs, std::size_t& at) {
  std::vector<Span> row;
  for (const int y = runs[at].y; at < runs.size() && runs[at].y == y; ++at)
    if (!row.empty() && runs[at].x0 <= row.back().x1)
      row.back().x1 = std::max(row.back().x1, runs[at].x1);
    else
      row.push_back({runs[at].x0, runs[at].x1});
  return row;
}

std::vector<Span> common(std::span<const Span> a, std::span<const Span> b) {
  std::vector<Span> both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const int x0 = std::max(a[i].x0, b[j].x0), x1 = std::min(a[i].x1, b[j].x1);
    if (x1 > x0) both.push_back({x0, x1});
    ++(a[i].x1 < b[j].x1 ? i : j);
  }
  return both;
}

// Calls use(y, x0, x1) for the pixels whose four neighbours belong to the component too.
template <class Use>
void each_core_span(const ChangeComponent& component, Use use) {
  std::vector<Span> above, here, below;
  int y = 0;  // of `here`
  const auto visit = [&] {
    std::vector<Span> inner;
    for (const Span& s : here)
      if (s.x1 - s.x0 > 2) inner.push_back({s.x0 + 1, s.x1 - 1});
    for (const Span& s : common(common(inner, above), below)) use(y, s.x0, s.x1);
  };
  for (std::size_t at = 0; at < component.runs.size();) {
    const int next = component.runs[at].y;
    std::vector<Span> row = row_of(component.runs, at);
    if (here.empty() || next > y + 1) {  // nothing lies above
      above.clear();
    } else {
      below = row;
      visit();
      above = std::move(here);
    }
    here = std::move(row);
    y = next;
  }
}

}  // namespace

void add_core_evidence(const ChangeComponent& component, kernels::View<const std::uint8_t> rarity,
                       const std::function<double(std::uint8_t)>& rarity_of, ChangeEvidence& found) {
  constexpr std::int64_t enough = 4;  // core pixels that speak for the whole
  constexpr std::uint8_t nodata = 255;
  double core_sum = 0, sum = 0;
  std::int64_t core = 0, core_seen = 0, seen = 0;
  const auto row = [&](int y) { return rarity.row(y - component.window.y) - component.window.x; };
  each_core_span(component, [&](int y, int x0, int x1) {
    core += x1 - x0;
    for (int x = x0; x < x1; ++x)
      if (const std::uint8_t value = row(y)[x]; value != nodata) core_sum += rarity_of(value), ++core_seen;
  });
  for (const ChangeRun& run : component.runs)
    for (int x = run.x0; x < run.x1; ++x)
      if (const std::uint8_t value = row(run.y)[x]; value != nodata) sum += rarity_of(value), ++seen;
  found.core_share = component.pixels > 0 ? static_cast<double>(core) / static_cast<double>(component.pixels) : 0;
  if (core_seen >= enough)
    found.rarity = core_sum / static_cast<double>(core_seen);
  else
    found.rarity = seen > 0 ? sum / static_cast<double>(seen) : 0;
}

}  // namespace plotwatch::vectorise
