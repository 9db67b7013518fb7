// One file with one or several bands, which tell their roles themselves or through the request.
#include <fmt/format.h>

#include "catalogue/band_names.hpp"
#include "catalogue/file_name_facts.hpp"
#include "catalogue/quality_tests.hpp"
#include "catalogue/recognise.hpp"
#include "io/files.hpp"

namespace plotwatch::catalogue {
namespace {

std::string_view type_name(SampleType type) {
  switch (type) {
    case SampleType::uint8: return "uint8";
    case SampleType::uint16: return "uint16";
    case SampleType::int16: return "int16";
    case SampleType::uint32: return "uint32";
    case SampleType::int32: return "int32";
    case SampleType::float32: return "float32";
    case SampleType::float64: return "float64";
  }
  return "";
}

std::string describe_band(int number, const io::RasterBandInfo& band) {
  std::string text = fmt::format("band {} ({}", number, type_name(band.type));
  if (!band.description.empty()) text += fmt::format(", '{}'", band.description);
  if (band.wavelength_um) text += fmt::format(", {:.3f} µm", *band.wavelength_um);
  return text + fmt::format(", colour {})", band.colour);
}

}  // namespace

void describe_single_file(const std::string& path, SceneBuilder& scene, const std::string& stated_sensor) {
  const io::RasterInfo info = scene.raster(path);
  scene.facts().sensor = stated_sensor.empty() ? sensor_in_name(io::file_name_of(path)) : stated_sensor;
  // Not TIFFTAG_DATETIME: that is when a program wrote the file.
  for (const char* key : {"ACQUISITIONDATETIME", "acquisition_time", "acquisition_date"}) {
    const auto it = info.metadata.find(key);
    if (it != info.metadata.end() && !scene.facts().date) scene.facts().date = parse_date(it->second);
  }
  bool scaled = false;
  for (std::size_t i = 0; i < info.bands.size(); ++i) {
    const io::RasterBandInfo& band = info.bands[i];
    const int number = static_cast<int>(i) + 1;
    scene.saw(describe_band(number, band));
    if (band.colour == "Alpha") {
      scene.add_quality(path, number, "mask band", zero_is_unusable());
      continue;
    }
    std::string why;
    const auto role = role_of_band(band, why);
    if (!role) continue;
    BandSource source;
    source.role = *role;
    source.path = path;
    source.band = number;
    scene.add(source);
    scaled = scaled || band.scale != 1 || band.offset != 0;
    scene.note(fmt::format("band {} is {} by its {}", number, name(*role), why));
  }
  if (scaled) scene.note("scale and offset of the file are applied; which reflectance they give is not stated");
}

}  // namespace plotwatch::catalogue
