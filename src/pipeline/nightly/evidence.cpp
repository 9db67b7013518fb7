#include "pipeline/nightly/evidence.hpp"

#include <cmath>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "config/config.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "io/block_cache.hpp"
#include "io/crs.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/manifest.hpp"
#include "plots/plot_register.hpp"
#include "plots/write_register.hpp"

namespace plotwatch::pipeline::nightly {
namespace fs = std::filesystem;
namespace {

PlotRegister only(PlotRegister plots, const std::vector<std::string>& codes) {
  const std::set<std::string> wanted(codes.begin(), codes.end());
  std::erase_if(plots.plots, [&](const Plot& p) { return !wanted.contains(p.code); });
  return plots;
}

// The id does not know where files lie: it is the same on another machine.
std::string id_of(const ScanOptions& options, const ReadyScene& before, const ReadyScene& after,
                  const std::string& plots_sha256, const std::string& rules_sha256) {
  ScanOptions plain = options;
  plain.before.path = plain.after.path = plain.plots.path = plain.run.rules = "";
  std::string text = result_options(plain);
  for (const std::string& part : {before.record.id, before.look.content, after.record.id, after.look.content,
                                  plots_sha256, rules_sha256, std::string(PLOTWATCH_VERSION)})
    text += "\n" + part;
  return fmt::format("{}-{}-{}", before.look.date.iso(), after.look.date.iso(), sha256(text).substr(0, 12));
}

}  // namespace

PreparedScan prepare_scan(const Night& night, const ReadyScene& before, const ReadyScene& after,
                          const std::vector<std::string>& plot_codes) {
  PreparedScan scan{{}, night.options};
  ScanOptions& o = scan.options;
  o.nightly = {};
  o.before.path = before.record.source;
  o.after.path = after.record.source;
  o.before.date = before.look.date;
  o.after.date = after.look.date;
  // Written apart first: the folder's name needs what is in it.
  const fs::path draft = night.archive.root() / "scans" / "draft.gpkg";
  plots::write_register(draft.string(), only(register_as_of(night.options.plots, after.look.date), plot_codes));
  const PlotOptions given = night.options.plots;
  o.plots = {};
  o.plots.margin_m = given.margin_m;
  o.plots.permits = given.permits;
  o.plots.surroundings = given.surroundings;
  o.run.whole_scene = false;
  const std::string rules = io::read_file(night.options.run.rules);
  scan.id = id_of(o, before, after, sha256_file(draft), sha256(rules));

  const fs::path folder = night.archive.scan_folder(scan.id);
  fs::create_directories(folder / "inputs");
  o.plots.path = (folder / "inputs" / "plots.gpkg").string();
  o.run.rules = (folder / "inputs" / "rules.toml").string();
  o.run.out = folder.string();
  o.run.overwrite = fs::exists(folder / "manifest.json");  // finished, and not recorded: a night ended in between
  o.run.resume = !o.run.overwrite;
  if (!fs::exists(o.plots.path)) io::write_file(o.plots.path, io::read_file(draft));
  if (!fs::exists(o.run.rules)) io::write_file(o.run.rules, rules);
  fs::remove(draft);
  config::LoadedOptions loaded{o, {}};
  loaded.options.run.overwrite = loaded.options.run.resume = false;
  for (const config::Field& field : config::fields()) loaded.origin[field.path] = "night";
  io::write_file(folder / "scan.toml", config::print(loaded));
  return scan;
}

std::function<double(const MultiPolygon&)> clear_share_of(const std::string& scan_folder, const Grid& grid,
                                                          const Crs& crs) {
  constexpr std::uint8_t not_observable = 255;  // of score.tif
  struct Reader {
    io::BlockCache cache{64u << 20};
    int source = 0;
    Grid grid;
    io::CoordinateTransform to_grid;
    Reader(const std::string& path, const Grid& g, const Crs& from) : grid(g), to_grid(from, g.crs) {
      source = cache.add(path, {1});
    }
  };
  auto reader = std::make_shared<Reader>(scan_folder + "/score.tif", grid, crs);
  return [reader](const MultiPolygon& polygons) {
    const MultiPolygon ground = reader->to_grid.apply(polygons);
    const Box box = bounds(ground);
    const Point a = reader->grid.to_pixel({box.min_x, box.max_y}), b = reader->grid.to_pixel({box.max_x, box.min_y});
    const int x = static_cast<int>(std::floor(a.x)), y = static_cast<int>(std::floor(a.y));
    const PixelWindow window{x, y, static_cast<int>(std::ceil(b.x)) - x, static_cast<int>(std::ceil(b.y)) - y};
    if (window.empty()) return 0.0;
    io::PixelBuffer scores;
    const PixelWindow inside = reader->cache.read(reader->source, window, scores);
    const kernels::View<const std::uint8_t> bytes = std::as_const(scores).planes<std::uint8_t>().band(0);
    std::int64_t pixels = 0, clear = 0;
    for (const PixelRun& run : plots::rasterise(ground, reader->grid, window))
      for (int px = run.x0; px < run.x1; ++px) {
        ++pixels;
        if (run.y < inside.y || run.y >= inside.bottom() || px < inside.x || px >= inside.right()) continue;
        clear += bytes(px - window.x, run.y - window.y) != not_observable;
      }
    return pixels > 0 ? static_cast<double>(clear) / static_cast<double>(pixels) : 0.0;
  };
}

}  // namespace plotwatch::pipeline::nightly
