// A folder of single-band files whose names end in the sensor's band code.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "catalogue/band_names.hpp"
#include "catalogue/file_name_facts.hpp"
#include "catalogue/quality_tests.hpp"
#include "catalogue/recognise.hpp"
#include "io/files.hpp"

namespace plotwatch::catalogue {
namespace {

bool is_raster_name(const std::string& file) {
  constexpr std::array<std::string_view, 4> extensions{".tif", ".tiff", ".jp2", ".img"};
  const std::string n = lower(file);
  return std::any_of(extensions.begin(), extensions.end(), [&](std::string_view end) {
    return n.size() > end.size() && n.compare(n.size() - end.size(), end.size(), end) == 0;
  });
}

// Two-digit codes and B8A are Sentinel-2's way of counting; Landsat writes B4, or SR_B4.
bool sentinel2_codes(const std::map<std::string, std::string>& files) {
  return std::any_of(files.begin(), files.end(),
                     [](const auto& f) { return f.first == "B8A" || f.first.rfind("B0", 0) == 0; });
}

std::optional<BandRole> role_in_name(const std::string& stem) {
  const std::size_t at = stem.find_last_of("_.-");
  return role_of_common_name(at == std::string::npos ? stem : stem.substr(at + 1));
}

}  // namespace

void describe_band_folder(const std::string& folder, SceneBuilder& scene, const std::string& stated_sensor) {
  std::map<std::string, std::string> by_code;
  std::vector<std::string> names;
  std::string sensor = stated_sensor.empty() ? sensor_in_name(io::file_name_of(folder)) : stated_sensor;
  for (const std::string& file : io::list_folder(folder)) {
    if (!is_raster_name(file)) continue;
    names.push_back(file);
    scene.saw(file);
    if (const auto code = band_code(io::stem_of(file))) by_code.emplace(*code, file);
    if (sensor.empty()) sensor = sensor_in_name(file);
    if (!scene.facts().date) scene.facts().date = date_in_name(file);
  }
  if (sensor.empty() && sentinel2_codes(by_code)) sensor = "Sentinel-2 MSI";
  scene.facts().sensor = sensor;

  const auto add = [&](BandRole role, const std::string& file, std::optional<double> wavelength,
                       std::optional<double> nodata) {
    BandSource source;
    source.role = role;
    source.path = io::join_path(folder, file);
    source.wavelength_um = wavelength;
    source.nodata = nodata;
    scene.add(source);
  };
  if (is_sentinel2(sensor)) {
    for (const NamedBand& band : sentinel2_bands())
      if (const auto it = by_code.find(std::string(band.name)); it != by_code.end())
        add(band.role, it->second, band.wavelength_um, 0.0);
    scene.note(
        "Sentinel-2 files without product metadata: whether samples carry the offset of processing baseline 04.00 "
        "is unknown, so they are taken as digital numbers; 0 is no data");
  } else if (const auto landsat = landsat_number(sensor)) {
    for (const NamedBand& band : landsat_bands(*landsat))
      if (const auto it = by_code.find(fmt::format("B{}", band.name)); it != by_code.end())
        add(band.role, it->second, band.wavelength_um, 0.0);
    scene.note("Landsat files without an MTL file: samples are taken as digital numbers; 0 is no data");
  }
  for (const std::string& file : names)
    if (const auto role = role_in_name(io::stem_of(file))) add(*role, file, std::nullopt, std::nullopt);
}

}  // namespace plotwatch::catalogue
