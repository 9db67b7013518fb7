#include "config/field_table.hpp"

#include "config/field_binding.hpp"
#include "config/field_checks.hpp"
#include "config/nightly_fields.hpp"
#include "model/band_role.hpp"

namespace plotwatch::config {
namespace {

using Options = ScanOptions;
using Table = std::vector<FieldEntry>;

std::vector<std::string> role_names() {
  std::vector<std::string> names;
  for (const BandRole role : all_band_roles()) names.emplace_back(name(role));
  return names;
}

// Both scenes have the same fields.
void add_scene(Table& table, const std::string& section, SceneOptions Options::*scene) {
  using S = SceneOptions;
  const std::string at = section + ".";
  table.push_back(as_path(entry_for(at + "path", scene, &S::path, "",
                                    "scene: a raster file, a product folder, its metadata file or a STAC item")));
  table.push_back(entry_for(at + "date", scene, &S::date, "", "day of acquisition, where the files do not tell it"));
  table.push_back(
      entry_for(at + "sensor", scene, &S::sensor, "", "name of the sensor, where the files do not tell it"));
  table.push_back(entry_for(at + "calibration", scene, &S::calibration, "", "what the scaled samples are",
                            one_of({"digital-number", "toa-reflectance", "surface-reflectance"})));
  table.push_back(
      entry_for(at + "scale", scene, &S::scale, "", "value = sample * scale + offset, for all bands", above(0)));
  table.push_back(entry_for(at + "offset", scene, &S::offset, "", "see scale", finite()));
  table.push_back(
      entry_for(at + "nodata", scene, &S::nodata, "", "sample that means no data; nan for files of that kind"));
  table.push_back(as_path(entry_for(at + "mask", scene, &S::mask, "", "raster of usable pixels: 0 is not usable")));
  table.push_back(entry_for(at + "roles", scene, &S::roles, "",
                            "what each band measures: role = band number, or \"file.tif:band\" in a folder",
                            band_reference));
  table.back().keys = role_names();
}

void add_plots(Table& table) {
  using P = PlotOptions;
  const auto plots = &Options::plots;
  table.push_back(
      as_path(entry_for("plots.path", plots, &P::path, "",
                        "register of plots: GeoPackage, Shapefile, GeoJSON, KML, boundary points, upload ZIP")));
  table.push_back(entry_for("plots.layer", plots, &P::layer, "", "layer of the register, where it has several"));
  table.push_back(entry_for("plots.code_field", plots, &P::code_field, "", "column of the plot's code"));
  table.push_back(entry_for("plots.name_field", plots, &P::name_field, "", "column of its name"));
  table.push_back(entry_for("plots.status_field", plots, &P::status_field, "", "column of its status"));
  table.push_back(entry_for("plots.unit_field", plots, &P::unit_field, "", "column of the responsible unit"));
  table.push_back(
      entry_for("plots.status_from_field", plots, &P::status_from_field, "", "column of the status's first day"));
  table.push_back(
      entry_for("plots.status_to_field", plots, &P::status_to_field, "", "column of the status's last day"));
  table.push_back(entry_for("plots.default_status", plots, &P::default_status, "", "status of plots that have none"));
  table.push_back(as_path(entry_for("plots.table", plots, &P::table, "",
                                    "CSV or XLSX whose columns are joined to the plots by their code")));
  table.push_back(entry_for("plots.sheet", plots, &P::sheet, "", "sheet of that table, where it has several"));
  table.push_back(entry_for("plots.crs", plots, &P::crs, "",
                            "CRS of boundary points that do not tell their zone, as \"EPSG:4548\""));
  table.push_back(as_path(entry_for("plots.permits", plots, &P::permits, "",
                                    "polygons of permits and remediation plans, which lower severity")));
  table.push_back(
      as_path(entry_for("plots.surroundings", plots, &P::surroundings, "",
                        "polygons, lines or points with a column kind; rules ask how near a change is to a kind")));
  table.push_back(as_path(entry_for("plots.observations", plots, &P::observations, "",
                                    "candidates.gpkg of an earlier scan: tells when each plot was last seen")));
  table.push_back(
      entry_for("plots.margin_m", plots, &P::margin_m, "m", "ground this near a plot is read too", at_least(0)));
  table.push_back(entry_for("plots.status_names", plots, &P::status_names, "",
                            "the register's own words for a status: word = status code of the rules"));
}

void add_mask_and_grid(Table& table) {
  table.push_back(entry_for("mask.dilate_m", &Options::mask, &MaskOptions::dilate_m, "m",
                            "clouds and their shadows grow by this distance", at_least(0)));
  table.push_back(entry_for("grid.crs", &Options::grid, &GridOptions::crs, "",
                            "working grid's CRS, as \"EPSG:4527\"; else the before scene's"));
  table.push_back(entry_for("grid.pixel_size", &Options::grid, &GridOptions::pixel_size, "map units",
                            "working grid's pixel size; else the coarser of both scenes", above(0)));
}

void add_registration(Table& table) {
  using R = RegistrationOptions;
  const auto registration = &Options::registration;
  const auto add = [&](const char* key, auto member, const char* unit, const char* meaning) {
    table.push_back(entry_for(std::string("registration.") + key, registration, member, unit, meaning));
  };
  add("enabled", &R::enabled, "", "move the after scene onto the before scene, where a held-out check says it helps");
  add("max_shift", &R::max_shift, "px", "largest shift looked for in the coarse step");
  add("window", &R::window, "px", "side of a matching window, even");
  add("min_tie_points", &R::min_tie_points, "", "with fewer the scenes are left as they lie, and the report says so");
  add("min_reliability", &R::min_reliability, "0-1", "correlation peaks less sharp than this are not used");
  add("outlier_px", &R::outlier_px, "px", "largest residual of an inlier in the robust fit");
  add("held_out_share", &R::held_out_share, "0-1", "share of the tie points that is kept for the check");
  add("min_improvement", &R::min_improvement, "0-1",
      "relative fall of the held-out error below which nothing is moved");
  add("seed", &R::seed, "", "of the robust estimation's random numbers");
}

void add_change(Table& table) {
  using C = ChangeOptions;
  const auto add = [&](const char* key, auto member, const char* unit, const char* meaning, Check check = {}) {
    table.push_back(entry_for(std::string("change.") + key, &Options::change, member, unit, meaning, std::move(check)));
  };
  add("false_alarm_rate", &C::false_alarm_rate, "0-1",
      "share of unchanged pixels that may pass into the outline of a change");
  add("seed_fraction", &C::seed_fraction, "0-1",
      "a change needs one pixel that passes this fraction of the false-alarm rate");
  add("smoothing_px", &C::smoothing_px, "px", "sigma of the Gaussian over each score; 0 turns it off");
  add("search_radius", &C::search_radius, "px", "the change vector also compares with neighbours this far off, 0 to 2");
  add("search_residual_px", &C::search_residual_px, "px",
      "the search is used where registration leaves more error than this", at_least(0));
  add("min_pixels", &C::min_pixels, "px", "smaller patches are dropped");
  add("closing_px", &C::closing_px, "px", "gaps up to about twice this are closed; 0 turns it off");
  add("min_distinctness", &C::min_distinctness, "",
      "candidates that are less unlike seasons, edges and noise are dropped; -4 keeps all");
  add("outline_weight", &C::outline_weight, "", "how much the compactness and length of outlines count, 0 to 2");
  add("false_alarms_per_km2", &C::false_alarms_per_km2, "1/km2",
      "instead of min_distinctness: as many of the most distinct candidates on a km2 of scanned ground");
  add("max_iterations", &C::max_iterations, "", "of the reweighting in IR-MAD and slow features");
}

void add_run(Table& table) {
  using R = RunOptions;
  const auto add = [&](const char* key, auto member, const char* unit, const char* meaning, Check check = {}) {
    table.push_back(entry_for(std::string("run.") + key, &Options::run, member, unit, meaning, std::move(check)));
  };
  const auto add_path = [&](const char* key, auto member, const char* meaning) {
    add(key, member, "", meaning);
    table.back().type = FieldType::path;
  };
  add_path("out", &R::out, "folder for the results");
  add_path("rules", &R::rules, "table of rules; else the one that comes with plotwatch");
  add("whole_scene", &R::whole_scene, "", "scan all ground, not only tiles that plots touch");
  add("resume", &R::resume, "", "go on with an interrupted scan");
  add("overwrite", &R::overwrite, "", "replace the results of an earlier scan");
  add("workers", &R::workers, "", "threads; 0: one a core", within(0, 1024));
  add("tile_size", &R::tile_size, "px", "side of a tile; results do not depend on it", within(32, 16384));
  add("memory_mib", &R::memory_mib, "MiB", "bound on what is in memory at once; results do not depend on it",
      at_least(1));
  add("device", &R::device, "", "what scores the tiles: auto, cpu, cuda or cuda:N", device_name);
  add("min_area_m2", &R::min_area_m2, "m2", "smaller candidates are dropped", at_least(0));
  add("images", &R::images, "", "before.tif and after.tif: both dates as colour images of the scanned ground");
  add("max_chips", &R::max_chips, "", "pictures are drawn for the first this many candidates", at_least(0));
  add("preset", &R::preset, "", "of the sensor, a name of configs/sensors; auto: by pixel size; none");
  add("budget", &R::budget, "", "visits that can be made: the report marks the first this many, exports hold no more",
      at_least(1));
  add("exports", &R::exports, "", "further files, separated by commas: kml, gpx, xlsx, csv, patches, sheets; or all");
}

Table make_table() {
  Table table;
  add_scene(table, "before", &Options::before);
  add_scene(table, "after", &Options::after);
  add_plots(table);
  add_mask_and_grid(table);
  add_registration(table);
  add_change(table);
  add_run(table);
  add_nightly(table);
  return table;
}

}  // namespace

const std::vector<FieldEntry>& field_table() {
  static const Table table = make_table();
  return table;
}

const FieldEntry* find_field(const std::string& path) {
  for (const FieldEntry& entry : field_table())
    if (entry.path == path) return &entry;
  return nullptr;
}

std::string section_of(const std::string& path) { return path.substr(0, path.find('.')); }
std::string key_of(const std::string& path) { return path.substr(path.find('.') + 1); }

}  // namespace plotwatch::config
