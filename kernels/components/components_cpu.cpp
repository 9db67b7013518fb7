// Union-find over runs: L. He, Y. Chao, K. Suzuki, "A run-based two-scan labeling algorithm", IEEE Trans. Image
// Processing 17(5), 2008.
#include "kernels/components/components.hpp"

#include <algorithm>
#include <cstring>

#include "kernels/base/check.hpp"
#include "kernels/components/components_formula.hpp"
#include "kernels/device/round_trip.hpp"

namespace plotwatch::kernels {
namespace {

std::int32_t root(std::vector<std::int32_t>& parent, std::int32_t i) {
  const auto at = [&](std::int32_t k) -> std::int32_t& { return parent[static_cast<std::size_t>(k)]; };
  while (at(i) != i) i = at(i) = at(at(i));
  return i;
}

// Runs into scratch.runs, sets of them into scratch.parent; afterwards every parent is a root.
void join_runs(Mask mask, Mask strong, ComponentsScratch& scratch) {
  auto& [runs, parent, first_block, supported] = scratch;
  runs.clear();
  extract_runs(Backend::cpu, mask, strong, 0, 0, runs);
  parent.resize(runs.size());
  std::size_t above = 0;  // first run that may touch one of this row or a later one
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    parent[i] = static_cast<std::int32_t>(i);
    while (above < i && (runs[above].y < run.y - 1 || (runs[above].y == run.y - 1 && runs[above].x1 < run.x0))) ++above;
    for (std::size_t j = above; j < i && runs[j].y == run.y - 1 && runs[j].x0 <= run.x1; ++j) {
      const std::int32_t a = root(parent, static_cast<std::int32_t>(i)), b = root(parent, static_cast<std::int32_t>(j));
      parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    }
  }
  for (std::size_t i = 0; i < runs.size(); ++i) parent[i] = root(parent, static_cast<std::int32_t>(i));
}

std::size_t root_at(const ComponentsScratch& scratch, std::size_t run) {
  return static_cast<std::size_t>(scratch.parent[run]);
}

void require_masks(Mask in, const char* kernel) {
  require_view(in, kernel);
  require(in.empty() || std::int64_t{blocks_across(in.width)} * ((in.height + 1) / 2) < INT32_MAX, kernel,
          "more than 2^31 blocks of 2 x 2 pixels");
}

}  // namespace

void label_components(Backend backend, Mask in, View<std::int32_t> labels, ComponentsScratch& scratch) {
  constexpr auto kernel = "label_components";
  require_masks(in, kernel);
  require_view(labels, kernel);
  require_same_size(in, labels, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const Mask there = trip.in(in);
    trip.queue().label_components(there, trip.out(labels));
    return trip.finish();
  }
  join_runs(in, in, scratch);
  const auto& runs = scratch.runs;
  scratch.first_block.assign(runs.size(), INT32_MAX);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    std::int32_t& first = scratch.first_block[root_at(scratch, i)];
    first = std::min(first, block_of(runs[i].x0, runs[i].y, in.width));
  }
  for (int y = 0; y < in.height; ++y) std::fill_n(labels.row(y), in.width, 0);
  for (std::size_t i = 0; i < runs.size(); ++i)
    std::fill(labels.row(runs[i].y) + runs[i].x0, labels.row(runs[i].y) + runs[i].x1,
              1 + scratch.first_block[root_at(scratch, i)]);
}

void keep_supported(Backend backend, Mask weak, Mask strong, MutableMask out, ComponentsScratch& scratch) {
  constexpr auto kernel = "keep_supported";
  require_masks(weak, kernel);
  require_view(strong, kernel);
  require_view(out, kernel);
  require_same_size(weak, strong, kernel);
  require_same_size(weak, out, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const Mask weak_there = trip.in(weak), strong_there = trip.in(strong);
    trip.queue().keep_supported(weak_there, strong_there, trip.out(out));
    return trip.finish();
  }
  join_runs(weak, strong, scratch);
  const auto& runs = scratch.runs;
  scratch.supported.assign(runs.size(), 0);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    const bool edge = on_edge(run.x0, run.y, weak.width, weak.height) || run.x1 == weak.width;
    if (run.strong || edge) scratch.supported[root_at(scratch, i)] = 1;
  }
  for (int y = 0; y < out.height; ++y) std::memset(out.row(y), 0, static_cast<std::size_t>(out.width));
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (scratch.supported[root_at(scratch, i)] != 0)
      std::memset(out.row(runs[i].y) + runs[i].x0, 1, static_cast<std::size_t>(runs[i].x1 - runs[i].x0));
}

}  // namespace plotwatch::kernels
