#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/raster_writer.hpp"
#include "io/vector.hpp"
#include "simulate/air.hpp"
#include "simulate/camera.hpp"
#include "simulate/optics.hpp"
#include "simulate/output.hpp"
#include "simulate/scene_format.hpp"
#include "simulate/simulate.hpp"
#include "simulate/truth.hpp"

namespace plotwatch::simulate {

namespace {

void write_scene(const std::filesystem::path& folder, const char* name, const District& district,
                 const DistrictOptions& o, const Grid& grid, bool second) {
  const auto width = static_cast<std::size_t>(o.width), height = static_cast<std::size_t>(o.height);
  std::vector<std::uint16_t> samples(width * height * static_cast<std::size_t>(o.bands));
  std::vector<std::uint8_t> mask(o.cloud_share > 0 ? width * height : 0);
  const kernels::Planes<std::uint16_t> planes{samples.data(), o.width, o.height,
                                              o.bands,        o.width, std::ptrdiff_t{o.width} * o.height};
  kernels::View<std::uint8_t> clear;
  if (!mask.empty()) clear = {mask.data(), o.width, o.height, o.width};
  take_picture(district, o, second, planes, clear);

  io::write_geotiff((folder / fmt::format("{}.tif", name)).string(), grid, planes, reflectance_format(o.bands));
  if (!mask.empty())
    write_mask_raster(folder / fmt::format("{}_mask.tif", name), grid, clear, "clear (1) or cloud and shadow (0)");
}

void write_truth(const std::filesystem::path& folder, const District& district, const DistrictOptions& o,
                 const Grid& grid) {
  std::vector<std::uint8_t> labels(static_cast<std::size_t>(o.width) * static_cast<std::size_t>(o.height));
  const kernels::View<std::uint8_t> view{labels.data(), o.width, o.height, o.width};
  draw_truth(district, o, view);
  write_mask_raster(folder / "truth.tif", grid, view, "not labelled (0), unchanged (1), changed (2)");

  std::vector<ChangedGround> changed;
  for (const ConstructionSite& site : district.sites) {
    const PlotSite& plot = district.plots[static_cast<std::size_t>(site.plot)];
    changed.push_back({std::string(name(site.kind)), plot.code, site.strength,
                       to_map(grid, on_ground(district.frame, site.parts.front().ring))});
  }
  write_truth_polygons(folder / "truth.gpkg", grid.crs, changed);
}

void write_plots(const std::filesystem::path& path, const District& district, const Grid& grid) {
  io::OutputLayer layer;
  layer.name = "plots";
  layer.description = "Simulated register of plots";
  layer.crs = grid.crs;
  layer.fields = {{"code", io::FieldType::text, "plot code"},
                  {"name", io::FieldType::text, "plot name"},
                  {"status", io::FieldType::text, "status code"},
                  {"unit", io::FieldType::text, "responsible unit"},
                  {"status_from", io::FieldType::text, "date since when the status holds"}};
  for (const PlotSite& plot : district.plots) {
    io::Feature feature;
    feature.values = {plot.code, plot.name, plot.status, plot.unit, plot.status_from.iso()};
    feature.geometry = to_map(grid, on_ground(district.frame, plot.ring));
    layer.features.push_back(std::move(feature));
  }
  io::write_geopackage(path.string(), {layer});
}

nlohmann::ordered_json describe(const DistrictOptions& o, const District& district) {
  nlohmann::ordered_json json;
  json["kind"] = "district";
  json["options"] = {{"seed", o.seed},
                     {"width", o.width},
                     {"height", o.height},
                     {"pixel_size", o.pixel_size},
                     {"plots", o.plots},
                     {"construction_share", o.construction_share},
                     {"cloud_share", o.cloud_share},
                     {"haze", o.haze},
                     {"noise", o.noise},
                     {"season_change", o.season_change},
                     {"shift_x", o.shift_x},
                     {"shift_y", o.shift_y},
                     {"distortion_px", o.distortion_px},
                     {"bands", o.bands},
                     {"supersample", o.supersample},
                     {"before", o.before.iso()},
                     {"after", o.after.iso()}};
  for (const bool second : {false, true}) {
    const Sun sun = sun_at(second ? o.after : o.before, district_latitude);
    const Radiometry r = radiometry(o.seed, second);
    auto& date = json[second ? "after" : "before"];
    date["sun_elevation_deg"] = sun.elevation_deg;
    date["sun_azimuth_deg"] = sun.azimuth_deg;
    date["gain"] = std::vector<float>(r.gain.begin(), r.gain.begin() + o.bands);
    date["offset"] = std::vector<float>(r.offset.begin(), r.offset.begin() + o.bands);
  }
  json["displacement"] = "ground at before pixel (x, y) lies at (x + shift_x, y + shift_y) in the after scene";
  json["construction"] = nlohmann::ordered_json::array();
  for (const ConstructionSite& site : district.sites)
    json["construction"].push_back({{"plot", district.plots[static_cast<std::size_t>(site.plot)].code},
                                    {"kind", name(site.kind)},
                                    {"area_m2", std::round(site.area_m2 * 10) / 10},
                                    {"strength", std::round(site.strength * 1000.0) / 1000},
                                    {"contrast", std::round(site.contrast * 10000) / 10000}});
  return json;
}

}  // namespace

std::vector<std::string> DistrictOptions::problems() const {
  std::vector<std::string> p;
  const auto require = [&p](bool holds, const char* what) {
    if (!holds) p.emplace_back(what);
  };
  require(width >= 32 && width <= 32768, "width must be 32 to 32768 pixels");
  require(height >= 32 && height <= 32768, "height must be 32 to 32768 pixels");
  require(pixel_size >= 0.5 && pixel_size <= 60, "pixel_size must be 0.5 to 60 m");
  require(plots >= 0, "plots must be at least 0");
  require(construction_share >= 0 && construction_share <= 1, "construction_share must be 0 to 1");
  require(cloud_share >= 0 && cloud_share <= 0.9, "cloud_share must be 0 to 0.9");
  require(haze >= 0 && haze <= 1, "haze must be 0 to 1");
  require(noise >= 0 && noise <= 0.2, "noise must be 0 to 0.2");
  require(season_change >= 0 && season_change <= 1, "season_change must be 0 to 1");
  require(std::abs(shift_x) <= 200 && std::abs(shift_y) <= 200, "shift_x and shift_y must be -200 to 200 pixels");
  require(distortion_px >= 0 && distortion_px <= 20, "distortion_px must be 0 to 20 pixels");
  require(bands == 3 || bands == 4 || bands == 6, "bands must be 3, 4 or 6");
  require(supersample >= 1 && supersample <= 16, "supersample must be 1 to 16");
  require(before < after, "before must be a date earlier than after");
  return p;
}

void write_district(const std::filesystem::path& folder, const DistrictOptions& options) {
  refuse(options.problems());
  const District district = build_district(options);
  const Grid grid = district_grid(options.width, options.height, options.pixel_size);
  make_folder(folder);
  write_scene(folder, "before", district, options, grid, false);
  write_scene(folder, "after", district, options, grid, true);
  write_plots(folder / "plots.gpkg", district, grid);
  write_truth(folder, district, options, grid);
  io::write_file(folder / "simulation.json", describe(options, district).dump(2) + "\n");
}

}  // namespace plotwatch::simulate
