// Construction planted into a real scene.
//
// Without a shift, "before" is the scene itself and "after" a copy with implants and a little noise. With one, both are
// resampled by the same cubic filter, before by minus half the shift and after by plus half of it: the two filters are
// mirror images with the same frequency response, so that neither date is smoother than the other and a detector cannot
// find the resampling instead of the change.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "simulate/optics.hpp"
#include "simulate/output.hpp"
#include "simulate/planting.hpp"
#include "simulate/real_scene.hpp"
#include "simulate/simulate.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double spread_fwhm_px = 1.15;
constexpr int fine = 5;  // samples a pixel side

// Share of what is seen at pixel (x, y) that comes from inside the ring, moved by (dx, dy).
double seen_share(const std::vector<Point>& ring, int x, int y, double dx, double dy, const PointSpread& spread) {
  double share = 0;
  for (std::size_t j = 0; j < spread.weights.size(); ++j)
    for (std::size_t i = 0; i < spread.weights.size(); ++i) {
      const double px = x + (spread.first + static_cast<int>(i) + 0.5) / fine - dx,
                   py = y + (spread.first + static_cast<int>(j) + 0.5) / fine - dy;
      if (inside_ring(ring, px, py)) share += static_cast<double>(spread.weights[i] * spread.weights[j]);
    }
  return share;
}

PixelWindow around(const Rect& box, const Grid& grid, double dx, double dy) {
  const int x = static_cast<int>(std::floor(box.u0 + dx)) - 2, y = static_cast<int>(std::floor(box.v0 + dy)) - 2;
  return PixelWindow{x, y, static_cast<int>(std::ceil(box.width())) + 5, static_cast<int>(std::ceil(box.height())) + 5}
      .intersection(grid.window());
}

void paint(const std::vector<Implant>& implants, const ImplantOptions& o, RealScene& after) {
  const PointSpread spread(fine, spread_fwhm_px);
  for (std::size_t n = 0; n < implants.size(); ++n) {
    const Implant& implant = implants[n];
    const PixelWindow window = around(implant.box, after.grid, o.shift_x, o.shift_y);
    for (int y = window.y; y < window.bottom(); ++y)
      for (int x = window.x; x < window.right(); ++x) {
        const double share = implant.strength * seen_share(implant.ring, x, y, o.shift_x, o.shift_y, spread);
        if (share <= 0) continue;
        const std::size_t i = after.index(x, y);
        const std::vector<float>& texture =
            implant.donor.residuals[hash(hash(o.seed, 94 + n), x, y) % implant.donor.residuals.size()];
        for (std::size_t b = 0; b < after.bands.size(); ++b) {
          const double target = implant.donor.mean[b] + static_cast<double>(texture[b]);
          after.bands[b][i] += static_cast<float>(share * (target - static_cast<double>(after.bands[b][i])));
        }
      }
  }
}

void add_noise(const std::vector<double>& deviations, const ImplantOptions& o, RealScene& after) {
  for (std::size_t b = 0; b < after.bands.size(); ++b) {
    const auto amplitude = static_cast<float>(o.noise * deviations[b]);
    const std::uint64_t seed = hash(hash(o.seed, 95), b);
    for (std::size_t i = 0; i < after.valid.size(); ++i)
      if (after.valid[i]) after.bands[b][i] += amplitude * to_normal(hash(seed, i));
  }
}

std::vector<std::uint8_t> label(const std::vector<Implant>& implants, const RealScene& before, const RealScene& after) {
  std::vector<std::uint8_t> truth(before.valid.size());
  for (std::size_t i = 0; i < truth.size(); ++i) truth[i] = before.valid[i] && after.valid[i] ? 1 : 0;
  for (const Implant& implant : implants) {
    const PixelWindow window = around(implant.box, before.grid, 0, 0);
    for (int y = window.y; y < window.bottom(); ++y)
      for (int x = window.x; x < window.right(); ++x) {
        int inside = 0;
        for (int j = 0; j < 8; ++j)
          for (int i = 0; i < 8; ++i) inside += inside_ring(implant.ring, x + (i + 0.5) / 8, y + (j + 0.5) / 8) ? 1 : 0;
        if (inside > 0) truth[before.index(x, y)] = inside >= 32 ? 2 : 0;
      }
  }
  return truth;
}

MultiPolygon to_map(const Grid& grid, const std::vector<Point>& ring) {
  Ring out;
  for (const Point& p : ring) out.push_back(grid.to_map(p));
  out.push_back(out.front());
  if (signed_area(out) < 0) std::reverse(out.begin(), out.end());
  return {Polygon{std::move(out), {}}};
}

void write_description(const std::filesystem::path& path, const ImplantOptions& o,
                       const std::vector<Implant>& implants) {
  nlohmann::ordered_json json;
  json["kind"] = "implants";
  json["options"] = {{"seed", o.seed},
                     {"scene", std::filesystem::path(o.scene).filename().string()},
                     {"plots", o.plots ? nlohmann::ordered_json(std::filesystem::path(*o.plots).filename().string())
                                       : nlohmann::ordered_json()},
                     {"count", o.count},
                     {"shift_x", o.shift_x},
                     {"shift_y", o.shift_y},
                     {"noise", o.noise}};
  json["displacement"] = "ground at before pixel (x, y) lies at (x + shift_x, y + shift_y) in the after scene";
  json["implants"] = nlohmann::ordered_json::array();
  for (const Implant& implant : implants)
    json["implants"].push_back({{"plot", implant.plot_code},
                                {"kind", implant.donor.built ? "building" : "clearing"},
                                {"area_px", std::round(implant.area_px * 10) / 10},
                                {"strength", std::round(implant.strength * 1000) / 1000},
                                {"contrast", std::round(implant.contrast * implant.strength * 1000) / 1000}});
  io::write_file(path, json.dump(2) + "\n");
}

}  // namespace

std::vector<std::string> ImplantOptions::problems() const {
  std::vector<std::string> p;
  if (scene.empty()) p.emplace_back("scene must name a multi-band file");
  if (count < 1 || count > 10000) p.emplace_back("count must be 1 to 10000");
  if (!(std::abs(shift_x) <= 50 && std::abs(shift_y) <= 50))
    p.emplace_back("shift_x and shift_y must be -50 to 50 pixels");
  if (!(noise >= 0 && noise <= 1)) p.emplace_back("noise must be 0 to 1");
  return p;
}

void write_implants(const std::filesystem::path& folder, const ImplantOptions& options) {
  refuse(options.problems());
  const RealScene scene = read_real_scene(options.scene);
  const bool shifted = options.shift_x != 0 || options.shift_y != 0;
  const RealScene before = shifted ? moved(scene, -options.shift_x / 2, -options.shift_y / 2) : scene;
  RealScene after = shifted ? moved(scene, options.shift_x / 2, options.shift_y / 2) : scene;

  const DonorPool pool(before);
  const std::vector<Implant> implants = plan_implants(before, pool, options);
  paint(implants, options, after);
  add_noise(pool.deviations(), options, after);

  make_folder(folder);
  write_like(before, (folder / "before.tif").string());
  write_like(after, (folder / "after.tif").string());
  const std::vector<std::uint8_t> truth = label(implants, before, after);
  write_mask_raster(folder / "truth.tif", before.grid,
                    {truth.data(), before.grid.width, before.grid.height, before.grid.width},
                    "not labelled (0), unchanged (1), changed (2)");
  std::vector<ChangedGround> changed;
  for (const Implant& implant : implants)
    changed.push_back({implant.donor.built ? "building" : "clearing", implant.plot_code, implant.strength,
                       to_map(before.grid, implant.ring)});
  write_truth_polygons(folder / "truth.gpkg", before.grid.crs, changed);
  write_description(folder / "simulation.json", options, implants);
}

}  // namespace plotwatch::simulate
