#include "app/options.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/default_configs.hpp"
#include "app/roles.hpp"
#include "app/sensor_preset.hpp"
#include "core/error.hpp"

namespace plotwatch::app {
namespace {

void add_roles(const std::string& text, const std::string& section, const std::string& flag,
               std::vector<config::Override>& out) {
  for (const auto& [role, band] : parse_roles(text, flag))
    out.push_back({fmt::format("{}.roles.{}", section, role), band, flag});
}

}  // namespace

ScanFlags::ScanFlags(CLI::App& command) {
  command.add_option("CONFIG", file_, "Configuration file (TOML); flags override it")->check(CLI::ExistingFile);
  add(command, "--before", "before.path", "Earlier scene: file, product folder, MTL, SAFE, STAC item or /vsi path",
      "Inputs");
  add(command, "--after", "after.path", "Later scene", "Inputs");
  add(command, "--before-date", "before.date", "YYYY-MM-DD, where the files do not tell", "Inputs");
  add(command, "--after-date", "after.date", "YYYY-MM-DD", "Inputs");
  command.add_option("--before-roles", before_roles_, "Band roles, for example blue=1,green=2,red=3,nir=4")
      ->group("Inputs");
  command.add_option("--after-roles", after_roles_, "Band roles of the later scene")->group("Inputs");
  add(command, "--before-mask", "before.mask", "Raster that is 0 where the earlier scene cannot be used", "Inputs");
  add(command, "--after-mask", "after.mask", "The same for the later scene", "Inputs");
  add(command, "--plots", "plots.path",
      "Register of plots: GeoPackage, Shapefile, GeoJSON, KML, boundary points, upload ZIP", "Inputs");
  add(command, "--table", "plots.table", "CSV or XLSX joined to the plots by their code: statuses, units", "Inputs");
  add(command, "--permits", "plots.permits", "Polygons of permits and remediation plans, which lower severity",
      "Inputs");
  add(command, "--rules", "run.rules", "Rules table (TOML); default: the one that comes with plotwatch", "Inputs");
  add(command, "-o,--out", "run.out", "Output folder", "Outputs");
  add_switch(command, "--resume", "run.resume", "Go on with an interrupted scan", "Outputs");
  add_switch(command, "--overwrite", "run.overwrite", "Replace a finished scan", "Outputs");
  add(command, "--max-chips", "run.max_chips", "Pictures for the first N candidates", "Outputs");
  add_switch(command, "--images", "run.images", "before.tif and after.tif: both dates as colour images", "Outputs");
  add(command, "--export", "run.exports",
      "Further files: kml, gpx, xlsx, csv, patches, sheets, separated by commas; or all", "Outputs");
  add(command, "--budget", "run.budget", "Visits that can be made; marked in the report", "Outputs");
  add_switch(command, "--whole-scene", "run.whole_scene", "Scan everything, not only around plots", "What to look at");
  add(command, "--margin", "plots.margin_m", "Metres around plots that are read", "What to look at");
  add(command, "--false-alarm-rate", "change.false_alarm_rate", "Share of unchanged pixels that may pass",
      "What to look at");
  add(command, "--min-area", "run.min_area_m2", "Smallest candidate, square metres", "What to look at");
  add(command, "--preset", "run.preset",
      "Preset of the sensor: auto (by pixel size), none, or a name of configs/sensors", "What to look at");
  add(command, "--workers", "run.workers", "Threads; 0: one a core", "Resources");
  add(command, "--memory", "run.memory_mib", "Memory budget, MiB", "Resources");
  add(command, "--device", "run.device", "What scores the tiles: auto, cpu, cuda or cuda:N", "Resources");
  add(command, "--tile-size", "run.tile_size", "Pixels; no effect on the result", "Resources");
  command.add_option("--set", set_, "Any field: --set change.smoothing_px=1.5 (repeatable)")
      ->group("Configuration")
      ->allow_extra_args(false);
  command
      .add_flag("--print-config", print_config_, "Print every field with its value and where it came from, and stop")
      ->group("Configuration");
}

void ScanFlags::add(CLI::App& command, const std::string& flag, const std::string& field, const std::string& help,
                    const std::string& group) {
  values_.push_back(std::make_unique<std::pair<config::Override, bool>>());
  auto* slot = values_.back().get();
  slot->first.field = field;
  slot->first.flag = flag.substr(flag.find("--"));
  command
      .add_option_function<std::string>(
          flag, [slot](const std::string& v) { slot->first.value = v, slot->second = true; }, help)
      ->group(group);
}

void ScanFlags::add_switch(CLI::App& command, const std::string& flag, const std::string& field,
                           const std::string& help, const std::string& group) {
  values_.push_back(std::make_unique<std::pair<config::Override, bool>>());
  auto* slot = values_.back().get();
  slot->first = {field, "true", flag};
  command
      .add_flag_callback(
          flag, [slot] { slot->second = true; }, help)
      ->group(group);
}

config::LoadedOptions ScanFlags::load(config::Purpose purpose) const {
  std::vector<config::Override> overrides;
  for (const auto& v : values_)
    if (v->second) overrides.push_back(v->first);
  add_roles(before_roles_, "before", "--before-roles", overrides);
  add_roles(after_roles_, "after", "--after-roles", overrides);
  for (const std::string& s : set_) {
    const auto equals = s.find('=');
    if (equals == std::string::npos)
      throw Error(ExitCode::usage, "\"" + s + "\" has no value", "--set", "Write --set field=value.");
    overrides.push_back({s.substr(0, equals), s.substr(equals + 1), "--set"});
  }
  const std::optional<std::string> file = file_.empty() ? std::nullopt : std::optional(file_);
  config::LoadedOptions loaded = config::load(file, overrides, purpose);
  if (const std::optional<ChosenPreset> chosen = choose_preset(loaded.options)) {
    loaded = config::load(file, overrides, purpose, chosen->preset.file);
    loaded.options.run.preset = chosen->preset.name;
    if (!chosen->why.empty()) loaded.origin["run.preset"] = chosen->why;
  }
  if (loaded.options.run.rules.empty()) loaded.options.run.rules = default_rules();
  return loaded;
}

}  // namespace plotwatch::app
