// What `plotwatch info` prints of a scene.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/catalogue.hpp"
#include "catalogue/scene_builder.hpp"
#include "io/crs.hpp"

namespace plotwatch::catalogue {
namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json or_null(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json grid_json(const Grid& grid) {
  const Box box = grid.box();
  const auto epsg = io::epsg_code(grid.crs);
  return {{"crs", io::crs_name(grid.crs)},
          {"epsg", or_null(epsg)},
          {"width", grid.width},
          {"height", grid.height},
          {"pixel_width", grid.pixel_width},
          {"pixel_height", grid.pixel_height},
          {"extent", {box.min_x, box.min_y, box.max_x, box.max_y}}};
}

}  // namespace

std::string to_json(const Scene& scene) {
  ordered_json bands = ordered_json::array(), quality = ordered_json::array(), rasters = ordered_json::array();
  for (const SceneBand& b : scene.bands)
    bands.push_back({{"role", name(b.role)},
                     {"path", b.path},
                     {"band", b.band},
                     {"scale", b.scale},
                     {"offset", b.offset},
                     {"nodata", or_null(b.nodata)},
                     {"wavelength_um", or_null(b.wavelength_um)}});
  for (const QualityBand& q : scene.quality) {
    ordered_json tests = ordered_json::array();
    for (const QualityTest& t : q.unusable)
      tests.push_back({{"meaning", t.meaning},
                       {"first_bit", t.first_bit},
                       {"bit_count", t.bit_count},
                       {"from", t.from},
                       {"to", t.to},
                       {"dilate", t.dilate}});
    quality.push_back({{"kind", q.kind}, {"path", q.path}, {"band", q.band}, {"unusable", tests}});
  }
  for (const SceneRaster& r : scene.rasters)
    rasters.push_back({{"path", r.path},
                       {"bands", r.bands},
                       {"block", {r.block_width, r.block_height}},
                       {"overviews", r.has_overviews},
                       {"grid", grid_json(r.grid)}});
  const ordered_json document = {{"id", scene.id},
                                 {"source", scene.source},
                                 {"sensor", scene.sensor},
                                 {"date", scene.date ? ordered_json(scene.date->iso()) : ordered_json(nullptr)},
                                 {"sun_elevation_deg", or_null(scene.sun_elevation_deg)},
                                 {"sun_azimuth_deg", or_null(scene.sun_azimuth_deg)},
                                 {"calibration", calibration_name(scene.calibration)},
                                 {"grid", grid_json(scene.grid)},
                                 {"bands", bands},
                                 {"quality", quality},
                                 {"rasters", rasters},
                                 {"notes", scene.notes}};
  // File names need not be UTF-8: what is not becomes U+FFFD instead of an error.
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string to_text(const Scene& scene) {
  const Box box = scene.grid.box();
  std::string text = fmt::format("{}\n  sensor       {}\n  date         {}\n  calibration  {}\n", scene.id,
                                 scene.sensor.empty() ? "not known" : scene.sensor,
                                 scene.date ? scene.date->iso() : "not known", calibration_name(scene.calibration));
  if (scene.sun_elevation_deg)
    text += fmt::format("  sun          elevation {:.1f}°, azimuth {:.1f}°\n", *scene.sun_elevation_deg,
                        scene.sun_azimuth_deg.value_or(0));
  text += fmt::format("  grid         {} x {} pixels of {:g} x {:g}, {}\n", scene.grid.width, scene.grid.height,
                      scene.grid.pixel_width, scene.grid.pixel_height, io::crs_name(scene.grid.crs));
  text += fmt::format("  extent       x {:.2f} .. {:.2f}, y {:.2f} .. {:.2f}\n  bands\n", box.min_x, box.max_x,
                      box.min_y, box.max_y);
  for (const SceneBand& b : scene.bands)
    text += fmt::format("    {:9} {:>8}  x {:g} {:+g}{}  {}:{}\n", name(b.role),
                        b.wavelength_um ? fmt::format("{:.3f} µm", *b.wavelength_um) : "-", b.scale, b.offset,
                        b.nodata ? fmt::format(", no data {:g}", *b.nodata) : "", b.path, b.band);
  for (const QualityBand& q : scene.quality) {
    text += fmt::format("  mask         {} {}:{}; unusable:", q.kind, q.path, q.band);
    for (const QualityTest& t : q.unusable)
      text += fmt::format(" {}{}", t.meaning, t.dilate ? " (dilated)" : "") + (&t == &q.unusable.back() ? "\n" : ",");
  }
  for (const std::string& note : scene.notes) text += fmt::format("  note         {}\n", note);
  return text;
}

}  // namespace plotwatch::catalogue
