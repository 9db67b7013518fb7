#include "simulate/acquisition_files.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/raster_writer.hpp"
#include "simulate/output.hpp"
#include "simulate/scene_class.hpp"
#include "simulate/scene_format.hpp"

namespace plotwatch::simulate {

namespace {

using nlohmann::ordered_json;

double degrees(double value) { return std::round(value * 1e7) / 1e7; }
double two_digits(double value) { return std::round(value * 100) / 100; }

double cloud_percent(const std::vector<std::uint8_t>& classes) {
  const auto clouded = std::count_if(classes.begin(), classes.end(), [](std::uint8_t c) {
    return c == static_cast<std::uint8_t>(SceneClass::cloud_high) ||
           c == static_cast<std::uint8_t>(SceneClass::cloud_medium);
  });
  return 100.0 * static_cast<double>(clouded) / static_cast<double>(classes.size());
}

ordered_json footprint(const Grid& grid, ordered_json& bbox) {
  const Box box = grid.box();
  const io::CoordinateTransform to_lonlat(grid.crs, io::lonlat_crs());
  ordered_json ring = ordered_json::array();
  for (const Point corner : {Point{box.min_x, box.min_y}, Point{box.max_x, box.min_y}, Point{box.max_x, box.max_y},
                             Point{box.min_x, box.max_y}, Point{box.min_x, box.min_y}}) {
    const Point p = to_lonlat.apply(corner);
    ring.push_back({degrees(p.x), degrees(p.y)});
  }
  const Box lonlat = to_lonlat.apply(box);
  bbox = {degrees(lonlat.min_x), degrees(lonlat.min_y), degrees(lonlat.max_x), degrees(lonlat.max_y)};
  return {{"type", "Polygon"}, {"coordinates", ordered_json::array({ring})}};
}

ordered_json stac_item(const Acquisition& a, const Grid& grid, const ScenePixels& pixels) {
  ordered_json bands = ordered_json::array(), samples = ordered_json::array();
  for (std::size_t b = 0; b < static_cast<std::size_t>(pixels.bands); ++b) {
    bands.push_back({{"name", all_bands[b].role},
                     {"common_name", all_bands[b].role},
                     {"center_wavelength", all_bands[b].wavelength_um}});
    samples.push_back({{"data_type", "uint16"},
                       {"nodata", 0},
                       {"scale", 0.0001},
                       {"offset", 0},
                       {"spatial_resolution", grid.pixel_width}});
  }
  ordered_json bbox;
  ordered_json geometry = footprint(grid, bbox);
  const ordered_json transform{grid.pixel_width, 0, grid.left, 0, -grid.pixel_height, grid.top};
  ordered_json item{
      {"type", "Feature"},
      {"stac_version", "1.0.0"},
      {"stac_extensions",
       {"https://stac-extensions.github.io/eo/v1.1.0/schema.json",
        "https://stac-extensions.github.io/projection/v1.1.0/schema.json",
        "https://stac-extensions.github.io/raster/v1.1.0/schema.json",
        "https://stac-extensions.github.io/sat/v1.0.0/schema.json",
        "https://stac-extensions.github.io/view/v1.0.0/schema.json"}},
      {"id", a.id},
      {"collection", "plotwatch-simulated"},
      {"geometry", std::move(geometry)},
      {"bbox", std::move(bbox)},
      {"properties",
       {// 10:50 local solar time at 116 degrees east
        {"datetime", a.date.iso() + "T03:05:00Z"},
        {"platform", a.platform},
        {"constellation", "sentinel-2"},
        {"instruments", {"msi"}},
        {"gsd", grid.pixel_width},
        {"processing:level", "L2A"},
        {"eo:cloud_cover", two_digits(cloud_percent(pixels.classes))},
        {"view:sun_elevation", two_digits(a.sun.elevation_deg)},
        {"view:sun_azimuth", two_digits(a.sun.azimuth_deg)},
        {"sat:relative_orbit", 75},
        {"sat:orbit_state", "descending"},
        {"proj:epsg", 32650},
        {"proj:shape", {grid.height, grid.width}},
        {"proj:transform", transform},
        {"plotwatch:simulated", true}}},
      {"links", ordered_json::array()},
  };
  item["assets"] = {{"image",
                     {{"href", fmt::format("./{}.tif", a.id)},
                      {"type", "image/tiff; application=geotiff"},
                      {"roles", {"data", "reflectance"}},
                      {"gsd", grid.pixel_width},
                      {"eo:bands", bands},
                      {"raster:bands", samples}}},
                    {"scl",
                     {{"href", fmt::format("./{}_SCL.tif", a.id)},
                      {"type", "image/tiff; application=geotiff"},
                      {"title", "Scene classes, as of Sentinel-2 level 2A"},
                      {"roles", {"data"}},
                      {"raster:bands", {{{"data_type", "uint8"}, {"spatial_resolution", grid.pixel_width}}}}}}};
  return item;
}

}  // namespace

std::filesystem::path item_path(const std::filesystem::path& scenes, const Acquisition& a) {
  return scenes / a.id / (a.id + ".json");
}

void write_acquisition(const std::filesystem::path& scenes, const Acquisition& a, const Grid& grid,
                       const ScenePixels& pixels) {
  const std::filesystem::path folder = scenes / a.id;
  make_folder(folder);
  const kernels::Planes<const std::uint16_t> planes{pixels.reflectance.data(),
                                                    grid.width,
                                                    grid.height,
                                                    pixels.bands,
                                                    grid.width,
                                                    std::ptrdiff_t{grid.width} * grid.height};
  io::write_geotiff((folder / (a.id + ".tif")).string(), grid, planes, reflectance_format(pixels.bands));
  write_mask_raster(folder / (a.id + "_SCL.tif"), grid, {pixels.classes.data(), grid.width, grid.height, grid.width},
                    "scene class");
  io::write_file(item_path(scenes, a), stac_item(a, grid, pixels).dump(2) + "\n");
}

}  // namespace plotwatch::simulate
