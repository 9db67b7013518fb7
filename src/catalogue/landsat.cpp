// A Landsat product through its MTL file: bands, calibration, sun, quality band.
#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "catalogue/band_names.hpp"
#include "catalogue/landsat_metadata.hpp"
#include "catalogue/quality_tests.hpp"
#include "catalogue/recognise.hpp"
#include "core/error.hpp"
#include "io/files.hpp"

namespace plotwatch::catalogue {
namespace {

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool is_metadata_name(const std::string& file) {
  const std::string n = lower(file);
  return ends_with(n, "_mtl.txt") || ends_with(n, "_mtl.json") || ends_with(n, "_mtl.xml");
}

std::string sensor_name(const LandsatMetadata& metadata) {
  const std::string spacecraft = metadata.product("SPACECRAFT_ID").value_or("");
  std::string instrument = metadata.product("SENSOR_ID").value_or("");
  if (instrument == "OLI_TIRS") instrument = "OLI/TIRS";
  if (instrument == "ETM") instrument = "ETM+";
  const std::string number = spacecraft.empty() ? "" : spacecraft.substr(spacecraft.size() - 1);
  return fmt::format("Landsat {} {}", number, instrument);
}

// The file that the MTL names, or one renamed with its MTL: "l8_MTL.txt" goes with "l8_B4.tif" for "LC8…_B4.TIF".
class ProductFolder {
 public:
  explicit ProductFolder(const std::string& metadata_path)
      : folder_(io::folder_of(metadata_path)), files_(io::list_folder(folder_)) {
    const std::string stem = io::stem_of(metadata_path);
    prefix_ = stem.substr(0, stem.size() - std::string_view("_MTL").size());
  }

  std::optional<std::string> find(const std::string& stated) const {
    const std::size_t underscore = stated.rfind('_');
    const std::string renamed = lower(prefix_ + (underscore == std::string::npos ? "" : stated.substr(underscore)));
    for (const auto& wanted : {lower(stated), renamed})
      for (const std::string& file : files_)
        if (lower(file) == wanted) return io::join_path(folder_, file);
    return std::nullopt;
  }

 private:
  std::string folder_, prefix_;
  std::vector<std::string> files_;
};

struct Radiometry {
  std::optional<double> scale, offset;
  Calibration calibration = Calibration::digital_number;
};

Radiometry radiometry(const LandsatMetadata& metadata, std::string_view band, std::optional<double> sun_elevation_deg) {
  const std::string mult = fmt::format("REFLECTANCE_MULT_BAND_{}", band),
                    add = fmt::format("REFLECTANCE_ADD_BAND_{}", band);
  if (metadata.surface_reflectance()) {
    const char* group = "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS";
    return {metadata.number(group, mult), metadata.number(group, add), Calibration::surface_reflectance};
  }
  const char* group = metadata.collection() == 2 ? "LEVEL1_RADIOMETRIC_RESCALING" : "RADIOMETRIC_RESCALING";
  const auto m = metadata.number(group, mult), a = metadata.number(group, add);
  if (!m || !a || !sun_elevation_deg || *sun_elevation_deg <= 0) return {};
  // The file's factors leave the sun's height out (USGS, "Using the USGS Landsat Level-1 Data Product").
  const double sine = std::sin(*sun_elevation_deg * std::numbers::pi / 180);
  return {*m / sine, *a / sine, Calibration::toa_reflectance};
}

void add_quality(const LandsatMetadata& metadata, const ProductFolder& folder, SceneBuilder& scene) {
  for (const char* key : {"FILE_NAME_QUALITY_L1_PIXEL", "FILE_NAME_BAND_QUALITY"}) {
    const auto stated = metadata.product(key);
    const auto path = stated ? folder.find(*stated) : std::nullopt;
    if (!path) continue;
    if (metadata.collection() == 2) {
      scene.add_quality(*path, 1, "Landsat QA_PIXEL", landsat_qa_pixel_tests());
    } else if (metadata.collection() == 1) {
      scene.add_quality(*path, 1, "Landsat BQA", landsat_collection1_bqa_tests());
    } else {
      scene.add_quality(*path, 1, "Landsat BQA", landsat_precollection_bqa_tests());
      scene.note("quality band from before Collection 1: it marks no cloud shadow");
    }
    return;
  }
}

}  // namespace

std::optional<std::string> find_landsat_metadata(const std::string& path) {
  if (!io::is_folder(path)) return is_metadata_name(io::file_name_of(path)) ? std::optional(path) : std::nullopt;
  const std::vector<std::string> files = io::list_folder(path);
  for (const char* end : {"_mtl.txt", "_mtl.json", "_mtl.xml"}) {
    std::vector<std::string> found;
    std::copy_if(files.begin(), files.end(), std::back_inserter(found),
                 [&](const std::string& f) { return ends_with(lower(f), end); });
    if (found.size() > 1)
      throw Error(ExitCode::input,
                  fmt::format("holds {} Landsat products ({}, {}, …)", found.size(), found[0], found[1]), path,
                  "Name the MTL file of one of them.");
    if (!found.empty()) return io::join_path(path, found.front());
  }
  return std::nullopt;
}

void describe_landsat(const std::string& metadata_path, SceneBuilder& scene) {
  const LandsatMetadata metadata = LandsatMetadata::parse(io::read_text(metadata_path), metadata_path);
  const ProductFolder folder(metadata_path);
  Scene& facts = scene.facts();
  facts.sensor = sensor_name(metadata);
  facts.id = metadata.product("LANDSAT_PRODUCT_ID").value_or(metadata.product("LANDSAT_SCENE_ID").value_or(facts.id));
  if (const auto date = metadata.product("DATE_ACQUIRED")) facts.date = parse_date(*date);
  facts.sun_elevation_deg = metadata.number("IMAGE_ATTRIBUTES", "SUN_ELEVATION");
  facts.sun_azimuth_deg = metadata.number("IMAGE_ATTRIBUTES", "SUN_AZIMUTH");

  const std::string spacecraft = metadata.product("SPACECRAFT_ID").value_or("");
  const int number = spacecraft.empty() ? 0 : spacecraft.back() - '0';
  std::vector<std::string> missing;
  bool uncalibrated = false;
  for (const NamedBand& band : landsat_bands(number)) {
    const auto stated = metadata.product(fmt::format("FILE_NAME_BAND_{}", band.name));
    if (!stated) continue;
    const auto path = folder.find(*stated);
    scene.saw(*stated + (path ? "" : " (not in the folder)"));
    if (!path) {
      missing.emplace_back(name(band.role));
      continue;
    }
    const Radiometry values = radiometry(metadata, band.name, facts.sun_elevation_deg);
    uncalibrated = uncalibrated || !values.scale;
    BandSource source;
    source.role = band.role;
    source.path = *path;
    source.scale = values.scale;
    source.offset = values.offset;
    source.nodata = 0;  // fill
    source.wavelength_um = band.wavelength_um;
    source.calibration = values.calibration;
    scene.add(source);
  }
  if (!missing.empty())
    scene.note(fmt::format("bands named by the MTL but not in the folder: {}", fmt::join(missing, ", ")));
  if (uncalibrated)
    scene.note("the MTL gives no reflectance factors: samples are taken as digital numbers");
  else if (!metadata.surface_reflectance())
    scene.note("top-of-atmosphere reflectance, divided by the sine of the sun's elevation");
  add_quality(metadata, folder, scene);
}

}  // namespace plotwatch::catalogue
