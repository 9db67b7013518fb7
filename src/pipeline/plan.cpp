#include "pipeline/plan.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/block_cache.hpp"
#include "io/crs.hpp"
#include "pipeline/pair_reader.hpp"
#include "pipeline/work_folder.hpp"
#include "pipeline/working_grid.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr std::size_t mib = std::size_t{1} << 20;
constexpr std::size_t base_bytes = 160 * mib;  // libraries, registers, results, the survey's samples: measured
// Halo of the tiles for planning: scores look at most 13 px around at the widest options; see ChangeModel::halo().
constexpr int planned_halo = 16;
constexpr double bytes_per_sample = 2;               // of the sensors that fill large scenes
constexpr std::size_t scoring_bytes_per_pixel = 40;  // score planes and masks of one tile

MemoryPlan memory_plan(const Inputs& in, const ScanOptions& options, int workers) {
  io::BlockCache cache(0);  // only to learn what the files hold
  const PairReader reader(in, in.roles, cache, options.mask);
  const std::int64_t side = options.run.tile_size + 2 * planned_halo;
  MemoryPlan m;
  m.budget = options.run.memory_mib * mib;
  m.tile = reader.bytes_for(side * side) + static_cast<std::size_t>(side * side) * scoring_bytes_per_pixel;
  m.tokens = workers + 1;
  const std::size_t fixed = base_bytes + WorkFolder::rasters * static_cast<std::size_t>(in.grid.window().pixels());
  const std::size_t least = fixed + static_cast<std::size_t>(workers) * m.tile + 32 * mib;
  if (m.budget < least)
    throw Error(ExitCode::resources,
                fmt::format("{} MiB do not hold {} tiles of {} pixels a side in flight; {} MiB would",
                            options.run.memory_mib, workers, options.run.tile_size, (least + mib - 1) / mib),
                "run.memory_mib", "Raise --memory, or lower --workers or --tile-size.");
  if (m.budget < least + m.tile) m.tokens = workers;
  // Three rows of tiles: what halos and the next row ask for again, twice over. More would only touch more memory.
  const double row_samples = reader.samples_per_pixel() * options.run.tile_size * in.grid.width;
  const auto useful = std::max(32 * mib, static_cast<std::size_t>(3 * row_samples * bytes_per_sample));
  m.block_cache = std::min(m.budget - fixed - static_cast<std::size_t>(m.tokens) * m.tile, useful);
  return m;
}

}  // namespace

Plan plan(const Inputs& in, const ScanOptions& options) {
  const int workers = options.run.workers > 0 ? options.run.workers
                                              : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<Box> boxes;
  for (const auto& s : in.shapes) boxes.push_back(s.box);
  Plan p{options.run.whole_scene
             ? Coverage::everything(in.grid)
             : Coverage::around(in.grid, boxes, options.plots.margin_m / io::metres_per_unit(in.grid.crs)),
         {},
         0,
         0,
         workers,
         memory_plan(in, options, workers),
         options.run.preset,
         std::max(options.change.min_pixels * std::pow(pixel_metres(in.grid), 2), options.run.min_area_m2)};

  io::BlockCache cache(0);
  const SceneReader before(in.before, in.roles, in.grid, cache, options.mask);
  const Point corner = before.block_corner();
  const std::vector<Tile> all =
      cut(in.grid, {options.run.tile_size, 0, static_cast<int>(corner.x), static_cast<int>(corner.y)});
  p.all_tiles = static_cast<int>(all.size());
  for (Tile t : all) {
    t.core = p.coverage.covered_part(t.core);
    t.extended = t.core;
    if (!t.core.empty()) p.tiles.push_back(t);
  }
  p.pixels = p.coverage.pixels();
  return p;
}

std::string to_text(const Inputs& in, const Plan& p) {
  std::vector<std::string_view> roles;
  for (const BandRole r : in.roles) roles.push_back(name(r));
  std::string text;
  text += fmt::format("before      {}  {}  {}\n", in.before_date.iso(), in.before.id, in.before.sensor);
  text += fmt::format("after       {}  {}  {}\n", in.after_date.iso(), in.after.id, in.after.sensor);
  text += fmt::format("bands       {}\n", fmt::join(roles, ", "));
  text += fmt::format("grid        {} x {} pixels of {:.6g} x {:.6g}, {}\n", in.grid.width, in.grid.height,
                      in.grid.pixel_width, in.grid.pixel_height, io::crs_name(in.grid.crs));
  text += fmt::format("preset      {}; smallest change {:.0f} m2\n", p.preset, p.smallest_m2);
  text += fmt::format("plots       {} from {}\n", in.plots.plots.size(),
                      in.plots.source.empty() ? "(none)" : in.plots.source);
  text += fmt::format("tiles       {} of {}\n", p.tiles.size(), p.all_tiles);
  text += fmt::format("pixels      {:.3f} million, {:.1f} % of the grid\n", static_cast<double>(p.pixels) / 1e6,
                      100.0 * static_cast<double>(p.pixels) / static_cast<double>(in.grid.window().pixels()));
  text += fmt::format("workers     {}, {} tiles in flight\n", p.workers, p.memory.tokens);
  text += fmt::format("memory      {} MiB: {} MiB block cache, {:.1f} MiB a tile\n", p.memory.budget / mib,
                      p.memory.block_cache / mib, static_cast<double>(p.memory.tile) / static_cast<double>(mib));
  for (const PlotFinding& f : in.plots.findings)
    text += fmt::format("register    row {}{}: {}\n", f.row, f.code.empty() ? "" : " (" + f.code + ")", f.problem);
  return text;
}

std::string to_json(const Inputs& in, const Plan& p) {
  nlohmann::ordered_json j;
  j["before"] = {{"scene", in.before.id}, {"date", in.before_date.iso()}, {"source", in.before.source}};
  j["after"] = {{"scene", in.after.id}, {"date", in.after_date.iso()}, {"source", in.after.source}};
  for (const BandRole r : in.roles) j["bands"].push_back(std::string(name(r)));
  j["grid"] = {{"crs", io::crs_name(in.grid.crs)},
               {"left", in.grid.left},
               {"top", in.grid.top},
               {"pixel_width", in.grid.pixel_width},
               {"pixel_height", in.grid.pixel_height},
               {"width", in.grid.width},
               {"height", in.grid.height}};
  j["preset"] = p.preset;
  j["smallest_m2"] = p.smallest_m2;
  j["plots"] = in.plots.plots.size();
  j["tiles"] = p.tiles.size();
  j["tiles_of_grid"] = p.all_tiles;
  j["megapixels"] = static_cast<double>(p.pixels) / 1e6;
  j["workers"] = p.workers;
  j["tiles_in_flight"] = p.memory.tokens;
  j["memory_bytes"] = {{"budget", p.memory.budget}, {"block_cache", p.memory.block_cache}, {"tile", p.memory.tile}};
  j["register_findings"] = nlohmann::ordered_json::array();
  for (const PlotFinding& f : in.plots.findings)
    j["register_findings"].push_back({{"row", f.row}, {"code", f.code}, {"problem", f.problem}});
  return j.dump(2) + "\n";
}

}  // namespace plotwatch::pipeline
