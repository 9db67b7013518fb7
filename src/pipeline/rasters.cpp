#include "pipeline/rasters.hpp"

#include <algorithm>
#include <array>

#include <tbb/parallel_invoke.h>

#include "io/cog_writer.hpp"
#include "model/transition.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr int rows_at_once = 64;

io::CogBand score_band() {
  io::CogBand band;
  band.description = "score: d / (d + 2), d = -log10 of the false-alarm probability";
  band.scale = 1.0 / 250;
  return band;
}

io::CogBand transition_band() {
  // Colours by what the ground became.
  struct Colour {
    std::uint8_t r, g, b;
  };
  constexpr std::array<Colour, 5> by_after{
      {{140, 140, 140}, {60, 150, 60}, {205, 133, 63}, {200, 40, 40}, {60, 110, 200}}};
  io::CogBand band;
  band.description = "transition: what changed into what";
  band.categorical = true;
  band.categories.push_back({transition_none, 0, 0, 0, "no change"});
  for (const Transition t : all_transitions()) {
    const Colour& c = by_after[static_cast<std::size_t>(t.after)];
    band.categories.push_back({encode(t), c.r, c.g, c.b, std::string(name(t))});
  }
  return band;
}

void write_score(const std::filesystem::path& path, const Grid& grid, const WorkFolder& work, int threads) {
  io::CogWriter writer(path.string(), grid, score_band());
  writer.write_rows(work.score());
  writer.finish(threads);
}

void write_transition(const std::filesystem::path& path, const Grid& grid,
                      const std::vector<ChangeComponent>& components, const WorkFolder& work, int threads) {
  std::vector<ChangeRun> runs;
  for (const ChangeComponent& c : components) runs.insert(runs.end(), c.runs.begin(), c.runs.end());
  std::sort(runs.begin(), runs.end(),
            [](const ChangeRun& a, const ChangeRun& b) { return std::pair(a.y, a.x0) < std::pair(b.y, b.x0); });
  io::CogWriter writer(path.string(), grid, transition_band());
  std::vector<std::uint8_t> rows(static_cast<std::size_t>(grid.width) * rows_at_once);
  auto run = runs.begin();
  for (int y0 = 0; y0 < grid.height; y0 += rows_at_once) {
    const int count = std::min(rows_at_once, grid.height - y0);
    for (int y = y0; y < y0 + count; ++y) {
      std::uint8_t* row = rows.data() + std::ptrdiff_t{y - y0} * grid.width;
      const std::uint8_t* codes = work.transition().row(y);
      for (int x = 0; x < grid.width; ++x) row[x] = codes[x] == transition_nodata ? transition_nodata : transition_none;
      for (; run != runs.end() && run->y == y; ++run)
        for (int x = run->x0; x < run->x1; ++x)
          if (codes[x] != transition_nodata) row[x] = codes[x];
    }
    writer.write_rows(kernels::View<const std::uint8_t>{rows.data(), grid.width, count, grid.width});
  }
  writer.finish(threads);
}

}  // namespace

void write_rasters(const std::filesystem::path& out, const Grid& grid, const std::vector<ChangeComponent>& components,
                   const WorkFolder& work, int threads) {
  const int each = std::max(1, threads / 2);
  tbb::parallel_invoke([&] { write_score(out / "score.tif", grid, work, each); },
                       [&] { write_transition(out / "transition.tif", grid, components, work, each); });
}

}  // namespace plotwatch::pipeline
