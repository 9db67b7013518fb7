#include "catalogue/sentinel2_metadata.hpp"

#include <array>
#include <charconv>
#include <regex>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/files.hpp"
#include "io/xml.hpp"

namespace plotwatch::catalogue {
namespace {

// The order of bandId and band_id in the product's XML.
constexpr std::array<const char*, 13> codes_by_id{"B01", "B02", "B03", "B04", "B05", "B06", "B07",
                                                  "B08", "B8A", "B09", "B10", "B11", "B12"};

bool ends_in(const io::XmlElement& element, std::string_view name) {
  const std::string& p = element.path;
  return p.size() >= name.size() && p.compare(p.size() - name.size(), name.size(), name) == 0 &&
         (p.size() == name.size() || p[p.size() - name.size() - 1] == '/');
}

std::string first_text(const std::vector<io::XmlElement>& elements, std::string_view name) {
  for (const io::XmlElement& e : elements)
    if (ends_in(e, name)) return e.text;
  return "";
}

std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  return status == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<std::string> code_of(const io::XmlElement& element, const char* attribute) {
  const auto it = element.attributes.find(attribute);
  if (it == element.attributes.end()) return std::nullopt;
  const auto id = number(it->second);
  if (!id || *id < 0 || *id >= static_cast<double>(codes_by_id.size())) return std::nullopt;
  return codes_by_id[static_cast<std::size_t>(*id)];
}

std::optional<Sentinel2Image> image_of(const std::string& path) {
  static const std::regex pattern(R"(_(B\d\d|B8A|SCL|TCI|AOT|WVP)(?:_(\d\d)m)?$)");
  std::smatch match;
  if (!std::regex_search(path, match, pattern)) return std::nullopt;
  return Sentinel2Image{match[1].str(), match[2].matched ? std::stoi(match[2].str()) : 0, path};
}

void read_bands(const std::vector<io::XmlElement>& product, Sentinel2Metadata& metadata) {
  std::string code;
  for (const io::XmlElement& e : product) {
    if (ends_in(e, "RADIO_ADD_OFFSET") || ends_in(e, "BOA_ADD_OFFSET")) {
      const auto band = code_of(e, "band_id");
      const auto value = number(e.text);
      if (band && value) metadata.offsets[*band] = *value;
    } else if (ends_in(e, "Spectral_Information")) {
      code = code_of(e, "bandId").value_or("");
    } else if (ends_in(e, "Wavelength/CENTRAL") && !code.empty()) {
      if (const auto nanometres = number(e.text)) metadata.wavelengths_um[code] = *nanometres / 1000;
    } else if (ends_in(e, "IMAGE_FILE")) {
      if (auto image = image_of(e.text)) metadata.images.push_back(std::move(*image));
    }
  }
}

}  // namespace

double Sentinel2Metadata::offset(const std::string& code) const {
  const auto it = offsets.find(code);
  return it == offsets.end() ? 0 : it->second / quantification;
}

Sentinel2Metadata parse_sentinel2(const std::string& product, const std::string& granule, const std::string& where) {
  const std::vector<io::XmlElement> elements = io::flatten_xml(product, where);
  Sentinel2Metadata metadata;
  metadata.uri = first_text(elements, "PRODUCT_URI");
  metadata.platform = first_text(elements, "SPACECRAFT_NAME");
  metadata.baseline = first_text(elements, "PROCESSING_BASELINE");
  metadata.date = parse_date(first_text(elements, "DATATAKE_SENSING_START"));
  const std::string level = first_text(elements, "PROCESSING_LEVEL");
  metadata.level = level.rfind("Level-", 0) == 0 ? level.substr(6, 2) : level;
  if (metadata.level != "1C" && metadata.level != "2A")
    throw Error(ExitCode::input,
                fmt::format("is no Sentinel-2 product of level 1C or 2A (PROCESSING_LEVEL '{}')", level), where,
                "Name the product's folder, MTD_MSIL1C.xml or MTD_MSIL2A.xml.");
  const char* key = metadata.level == "2A" ? "BOA_QUANTIFICATION_VALUE" : "QUANTIFICATION_VALUE";
  const auto quantification = number(first_text(elements, key));
  if (!quantification || !(*quantification > 0))
    throw Error(ExitCode::input, fmt::format("states no {}", key), where, "Fetch the product again.");
  metadata.quantification = *quantification;
  read_bands(elements, metadata);

  // From baseline 04.00 on, samples carry an offset; without it reflectance would be 0.1 too high.
  if (metadata.offsets.empty() && metadata.baseline >= "04.00" && metadata.baseline < "99")
    throw Error(ExitCode::input,
                fmt::format("is of processing baseline {} but states no radiometric offset", metadata.baseline), where,
                "Fetch the product's metadata again.");
  if (!granule.empty()) {
    const std::vector<io::XmlElement> tile = io::flatten_xml(granule, where);
    if (const auto zenith = number(first_text(tile, "Mean_Sun_Angle/ZENITH_ANGLE")))
      metadata.sun_elevation_deg = 90 - *zenith;
    metadata.sun_azimuth_deg = number(first_text(tile, "Mean_Sun_Angle/AZIMUTH_ANGLE"));
  }
  return metadata;
}

}  // namespace plotwatch::catalogue
