// A Sentinel-2 SAFE product of level 1C or 2A.
#include <fmt/format.h>

#include "catalogue/band_names.hpp"
#include "catalogue/quality_tests.hpp"
#include "catalogue/recognise.hpp"
#include "catalogue/sentinel2_metadata.hpp"
#include "io/files.hpp"

namespace plotwatch::catalogue {
namespace {

constexpr const char* product_files[] = {"MTD_MSIL2A.xml", "MTD_MSIL1C.xml"};

// The file of a band at its finest resolution that is really there.
std::optional<std::string> finest_image(const Sentinel2Metadata& product, const std::string& folder,
                                        std::string_view code) {
  std::optional<std::string> best;
  int best_resolution = 0;
  for (const Sentinel2Image& image : product.images) {
    if (image.code != code || (best && image.resolution >= best_resolution)) continue;
    const std::string path = io::join_path(folder, image.path + ".jp2");
    if (!io::is_file(path)) continue;
    best = path;
    best_resolution = image.resolution;
  }
  return best;
}

std::string granule_text(const std::string& folder) {
  const std::string granules = io::join_path(folder, "GRANULE");
  for (const std::string& name : io::list_folder(granules)) {
    const std::string path = io::join_path(io::join_path(granules, name), "MTD_TL.xml");
    if (io::is_file(path)) return io::read_text(path);
  }
  return "";
}

}  // namespace

std::optional<std::string> find_sentinel2_product(const std::string& path) {
  for (const char* file : product_files) {
    if (io::file_name_of(path) == file) return path;
    if (io::is_folder(path) && io::is_file(io::join_path(path, file))) return io::join_path(path, file);
  }
  return std::nullopt;
}

void describe_sentinel2(const std::string& product_xml, SceneBuilder& scene) {
  const std::string folder = io::folder_of(product_xml);
  const Sentinel2Metadata product = parse_sentinel2(io::read_text(product_xml), granule_text(folder), product_xml);
  Scene& facts = scene.facts();
  facts.id = io::stem_of(product.uri);
  facts.sensor = product.platform + " MSI";
  facts.date = product.date;
  facts.sun_elevation_deg = product.sun_elevation_deg;
  facts.sun_azimuth_deg = product.sun_azimuth_deg;
  scene.note(fmt::format("processing baseline {}: offset {} on samples", product.baseline,
                         product.offsets.empty() ? 0.0 : product.offsets.begin()->second));

  for (const NamedBand& band : sentinel2_bands()) {
    const std::string code(band.name);
    const auto path = finest_image(product, folder, code);
    scene.saw(code + (path ? "" : " (no file in the product)"));
    if (!path) continue;
    const auto wavelength = product.wavelengths_um.find(code);
    BandSource source;
    source.role = band.role;
    source.path = *path;
    source.scale = product.scale();
    source.offset = product.offset(code);
    source.nodata = 0;
    source.wavelength_um = wavelength != product.wavelengths_um.end() ? wavelength->second : band.wavelength_um;
    source.calibration = product.level == "2A" ? Calibration::surface_reflectance : Calibration::toa_reflectance;
    scene.add(source);
  }
  if (product.level != "2A") return;
  if (const auto classes = finest_image(product, folder, "SCL"))
    scene.add_quality(*classes, 1, "Sentinel-2 SCL", sentinel2_scl_tests());
}

}  // namespace plotwatch::catalogue
