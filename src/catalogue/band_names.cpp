#include "catalogue/band_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <utility>

namespace plotwatch::catalogue {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

const std::vector<NamedBand>& sentinel2_bands() {
  // Centres of Sentinel-2A (ESA, Sentinel-2 spectral response functions, rounded); 2B and 2C differ by < 3 nm in the
  // visible and < 17 nm in the infrared.
  static const std::vector<NamedBand> bands{
      {"B02", BandRole::blue, 0.4924},     {"B03", BandRole::green, 0.5598},    {"B04", BandRole::red, 0.6646},
      {"B05", BandRole::red_edge, 0.7041}, {"B06", BandRole::red_edge, 0.7405}, {"B08", BandRole::nir, 0.8328},
      {"B8A", BandRole::nir, 0.8647},      {"B11", BandRole::swir16, 1.6137},   {"B12", BandRole::swir22, 2.2024}};
  return bands;
}

const std::vector<NamedBand>& landsat_bands(int spacecraft) {
  // Centres as USGS gives them in its STAC items.
  static const std::vector<NamedBand> oli{{"2", BandRole::blue, 0.48},  {"3", BandRole::green, 0.56},
                                          {"4", BandRole::red, 0.65},   {"5", BandRole::nir, 0.86},
                                          {"6", BandRole::swir16, 1.6}, {"7", BandRole::swir22, 2.2},
                                          {"8", BandRole::pan, 0.59}};
  static const std::vector<NamedBand> tm{{"1", BandRole::blue, 0.49},   {"2", BandRole::green, 0.56},
                                         {"3", BandRole::red, 0.66},    {"4", BandRole::nir, 0.83},
                                         {"5", BandRole::swir16, 1.65}, {"7", BandRole::swir22, 2.22},
                                         {"8", BandRole::pan, 0.71}};
  static const std::vector<NamedBand> none;
  if (spacecraft == 8 || spacecraft == 9) return oli;
  return spacecraft == 4 || spacecraft == 5 || spacecraft == 7 ? tm : none;
}

std::optional<std::string> band_code(std::string_view stem) {
  static const std::regex pattern(R"((?:^|[_.\-])(b(?:8a|\d{1,2}))(?:_\d{2}m)?$)", std::regex::icase);
  std::cmatch match;
  if (!std::regex_search(stem.data(), stem.data() + stem.size(), match, pattern)) return std::nullopt;
  std::string code = match[1].str();
  std::transform(code.begin(), code.end(), code.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return code;
}

std::optional<BandRole> role_of_common_name(std::string_view name) {
  const std::string n = lower(name);
  if (const auto role = parse_band_role(n)) return role;
  if (n.rfind("rededge", 0) == 0 || n.rfind("red_edge", 0) == 0) return BandRole::red_edge;
  if (n == "nir08" || n == "nir8") return BandRole::nir;
  if (n == "panchromatic") return BandRole::pan;
  return std::nullopt;
}

std::optional<BandRole> role_of_description(std::string_view description) {
  // Longer words first: "near infrared" holds "red".
  static const std::array<std::pair<std::regex, BandRole>, 10> words = [] {
    const auto word = [](const char* text) {
      return std::regex(std::string("\\b(?:") + text + ")\\b", std::regex::icase);
    };
    return std::array<std::pair<std::regex, BandRole>, 10>{{
        {word("vv"), BandRole::vv},
        {word("vh"), BandRole::vh},
        {word("pan|panchromatic"), BandRole::pan},
        {word("swir[ _-]?(?:1|16)|short-?wave[ -]?infra-?red[ _-]?1(?:\\.6)?"), BandRole::swir16},
        {word("swir[ _-]?(?:2|22)|short-?wave[ -]?infra-?red[ _-]?2(?:\\.2)?"), BandRole::swir22},
        {word("nir|nir08|near[ -]?infra-?red"), BandRole::nir},
        {word("red[ _-]?edge[ _-]?1?"), BandRole::red_edge},
        {word("blue"), BandRole::blue},
        {word("green"), BandRole::green},
        {word("red"), BandRole::red},
    }};
  }();
  const std::string text(description);
  for (const auto& [pattern, role] : words)
    if (std::regex_search(text, pattern)) return role;
  return std::nullopt;
}

std::optional<BandRole> role_of_band(const io::RasterBandInfo& band, std::string& why) {
  if (band.wavelength_um) {
    why = "wavelength";
    return role_of_wavelength(*band.wavelength_um);
  }
  if (const auto role = role_of_description(band.description)) {
    why = "description";
    return role;
  }
  why = "colour interpretation";
  if (band.colour == "Red") return BandRole::red;
  if (band.colour == "Green") return BandRole::green;
  if (band.colour == "Blue") return BandRole::blue;
  return std::nullopt;
}

}  // namespace plotwatch::catalogue
