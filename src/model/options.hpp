// Every option of a scan. config/ fills it from file and command line; each stage gets its own part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/date.hpp"
#include "model/change.hpp"
#include "model/nightly.hpp"
#include "model/registration.hpp"

namespace plotwatch {

struct SceneOptions {
  std::string path;
  std::optional<Date> date;
  std::optional<std::string> sensor;
  std::map<std::string, std::string> roles;  // role -> band number or "file:band"
  std::optional<double> scale, offset, nodata;
  std::optional<std::string> calibration, mask;
};

struct PlotOptions {
  std::string path;  // may be empty with whole_scene
  std::optional<std::string> layer;
  std::optional<std::string> code_field, name_field, status_field, unit_field, status_from_field, status_to_field;
  std::map<std::string, std::string> status_names;
  std::optional<std::string> default_status;
  std::optional<std::string> table, sheet;  // CSV or XLSX joined by plot code
  std::optional<std::string> crs;           // of boundary points that do not tell their zone
  std::optional<std::string> permits;       // polygons of permits and remediation plans
  std::optional<std::string> surroundings;  // polygons with a kind, to which rules ask the distance
  std::optional<std::string> observations;  // candidates.gpkg of an earlier scan: when each plot was last seen
  double margin_m = 200;                    // tiles this near a plot are read
};

struct MaskOptions {
  double dilate_m = 60;  // clouds and shadows grow by this distance
};

struct GridOptions {
  std::optional<std::string> crs;    // "EPSG:4527"; default: the before scene's
  std::optional<double> pixel_size;  // map units; default: the coarser of both scenes
};

struct RunOptions {
  std::string out;
  bool whole_scene = false;
  bool resume = false;
  bool overwrite = false;
  int workers = 0;      // 0: one a core
  int tile_size = 512;  // px
  std::uint64_t memory_mib = 768;
  std::string device = "auto";  // see model/device.hpp
  std::string rules;            // TOML table; empty: the one that is installed
  double min_area_m2 = 0;       // candidates on a plot below this are dropped
  bool images = false;          // before.tif and after.tif: both dates as colour images of the scanned ground
  int max_chips = 200;          // pictures for the first N candidates
  std::optional<int> budget;    // visits: the report marks the first N, exports hold no more
  std::string preset = "auto";  // of the sensor: a name of configs/sensors, "auto" or "none"
  std::string exports;          // further files: "kml,gpx,xlsx,csv,patches,sheets", any of them
};

struct ScanOptions {
  SceneOptions before, after;
  PlotOptions plots;
  MaskOptions mask;
  GridOptions grid;
  RegistrationOptions registration;
  ChangeOptions change;
  RunOptions run;
  NightlyOptions nightly;  // of `plotwatch nightly`; a scan passes over them
};

}  // namespace plotwatch
