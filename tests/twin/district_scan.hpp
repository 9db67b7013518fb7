// A small district with clouds, and how it is scanned.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/hash.hpp"
#include "model/options.hpp"
#include "simulate/simulate.hpp"

namespace plotwatch::test {

// Everything but where the outputs go and on which device.
inline ScanOptions district_scan(const std::filesystem::path& folder) {
  simulate::DistrictOptions district;
  district.width = 220;
  district.height = 180;
  district.plots = 16;
  district.construction_share = 0.5;
  district.cloud_share = 0.1;
  district.supersample = 2;
  simulate::write_district(folder, district);
  ScanOptions o;
  o.before.path = (folder / "before.tif").string();
  o.after.path = (folder / "after.tif").string();
  o.after.mask = (folder / "after_mask.tif").string();
  o.before.date = Date{2025, 5, 10};
  o.after.date = Date{2026, 5, 12};
  o.plots.path = (folder / "plots.gpkg").string();
  o.plots.margin_m = 30;
  o.run.rules = PLOTWATCH_SOURCE_DIR "/configs/rules/soil-plots.toml";
  o.run.max_chips = 2;
  o.run.tile_size = 64;
  o.run.workers = 2;
  return o;
}

// Of every output but run.json, which tells times.
inline std::map<std::string, std::string> digests(const std::filesystem::path& out) {
  std::map<std::string, std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(out))
    if (const std::string name = entry.path().lexically_relative(out).string();
        entry.is_regular_file() && name != "run.json")
      found[name] = sha256_file(entry.path());
  return found;
}

}  // namespace plotwatch::test
