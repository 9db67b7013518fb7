// A STAC item: assets with the common names of the electro-optical extension, in its forms from version 0.7 to 1.1.
#include <algorithm>
#include <limits>
#include <regex>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/band_names.hpp"
#include "catalogue/file_name_facts.hpp"
#include "catalogue/quality_tests.hpp"
#include "catalogue/recognise.hpp"
#include "core/error.hpp"
#include "io/files.hpp"

namespace plotwatch::catalogue {
namespace {

using nlohmann::json;

std::optional<std::string> text_at(const json& object, const char* key) {
  const auto it = object.is_object() ? object.find(key) : object.end();
  return it != object.end() && it->is_string() ? std::optional(it->get<std::string>()) : std::nullopt;
}

std::optional<double> number_at(const json& object, const char* key) {
  const auto it = object.is_object() ? object.find(key) : object.end();
  return it != object.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
}

const json& list_at(const json& object, const char* key) {
  static const json none = json::array();
  const auto it = object.is_object() ? object.find(key) : object.end();
  return it != object.end() && it->is_array() ? *it : none;
}

json object_at(const json& object, const char* key) {
  const auto it = object.is_object() ? object.find(key) : object.end();
  return it != object.end() && it->is_object() ? *it : json::object();
}

// One band that could play a role.
struct Offer {
  BandSource source;
  double resolution = std::numeric_limits<double>::infinity();
  bool stand_in = false;  // nir08 where nir is wanted
};

class Item {
 public:
  Item(json document, const std::string& path)
      : document_(std::move(document)), properties_(object_at(document_, "properties")), folder_(io::folder_of(path)) {}

  const json& properties() const { return properties_; }
  json assets() const { return object_at(document_, "assets"); }
  std::string id() const { return text_at(document_, "id").value_or(""); }
  std::string collection() const { return text_at(document_, "collection").value_or(""); }

  std::optional<double> property(std::initializer_list<const char*> keys) const {
    for (const char* key : keys)
      if (const auto value = number_at(properties_, key)) return value;
    return std::nullopt;
  }
  std::optional<std::string> property_text(std::initializer_list<const char*> keys) const {
    for (const char* key : keys)
      if (const auto value = text_at(properties_, key)) return value;
    return std::nullopt;
  }

  // A file beside the item wins over the address that the item was published with.
  std::optional<std::string> resolve(const std::string& href) const {
    const bool remote = href.find("://") != std::string::npos;
    const std::string beside = io::join_path(folder_, remote ? io::file_name_of(href) : without_dot(href));
    if (io::is_file(beside)) return beside;
    if (href.rfind("s3://", 0) == 0) return "/vsis3/" + href.substr(5);
    if (remote) return downloads_ ? std::optional("/vsicurl/" + href) : std::nullopt;
    return std::nullopt;
  }

  // Once one asset was found beside the item, those that are missing there are missing, not to be downloaded.
  void stay_local() { downloads_ = false; }

  // Bands of an asset; in version 0.7 they are numbers into a list of the item's.
  std::vector<json> bands(const json& asset) const {
    std::vector<json> out;
    for (const char* key : {"eo:bands", "bands"})
      for (const json& band : list_at(asset, key)) {
        if (band.is_object()) {
          out.push_back(band);
        } else if (band.is_number_unsigned()) {
          const json& all = list_at(properties_, "eo:bands");
          const auto index = band.get<std::size_t>();
          if (index < all.size()) out.push_back(all[index]);
        }
      }
    return out;
  }

 private:
  static std::string without_dot(const std::string& href) { return href.rfind("./", 0) == 0 ? href.substr(2) : href; }
  json document_, properties_;
  std::string folder_;
  bool downloads_ = true;
};

bool is_picture(const json& asset) {
  for (const json& role : list_at(asset, "roles"))
    if (role == "visual" || role == "overview" || role == "thumbnail" || role == "metadata") return true;
  const std::string type = text_at(asset, "type").value_or("");
  return type == "image/png" || type == "image/jpeg";
}

std::string sensor_of(const Item& item) {
  const std::string platform = lower(item.property_text({"platform", "eo:platform"}).value_or(""));
  std::smatch match;
  static const std::regex sentinel2("sentinel-?2([a-d])"), landsat("landsat[-_]?([4-9])");
  if (std::regex_search(platform, match, sentinel2))
    return fmt::format("Sentinel-2{} MSI", static_cast<char>(match[1].str()[0] - 'a' + 'A'));
  if (std::regex_search(platform, match, landsat)) {
    const std::string number = match[1].str();
    return fmt::format("Landsat {} {}", number, number >= "8" ? "OLI/TIRS" : number == "7" ? "ETM+" : "TM");
  }
  return item.property_text({"platform", "eo:platform"}).value_or("");
}

bool is_landsat_surface(const Item& item) {
  static const std::regex identifier("L[CETO]0[4-9]_L2S[PR]_.*_02_.*");
  return item.collection().rfind("landsat-c2l2-sr", 0) == 0 || std::regex_match(item.id(), identifier);
}

std::optional<Calibration> calibration_of(const Item& item) {
  if (is_landsat_surface(item)) return Calibration::surface_reflectance;
  const std::string level = item.property_text({"s2:product_type", "processing:level"}).value_or("");
  if (level == "S2MSI2A" || level == "L2A" || level == "L2") return Calibration::surface_reflectance;
  if (level == "S2MSI1C" || level == "L1C" || level == "L1") return Calibration::toa_reflectance;
  return std::nullopt;
}

std::optional<Offer> offer_of(const Item& item, const std::string& key, const json& asset, const json& band,
                              int number) {
  const std::string common = text_at(band, "common_name").value_or(text_at(band, "eo:common_name").value_or(key));
  const auto role = role_of_common_name(common);
  const auto href = text_at(asset, "href");
  if (!role || !href) return std::nullopt;
  const auto path = item.resolve(*href);
  if (!path) return std::nullopt;
  Offer offer;
  offer.source.role = *role;
  offer.source.path = *path;
  offer.source.band = number;
  for (const char* name : {"center_wavelength", "eo:center_wavelength"})
    if (!offer.source.wavelength_um) offer.source.wavelength_um = number_at(band, name);
  const json& stated = list_at(asset, "raster:bands");
  const json values =
      static_cast<std::size_t>(number) <= stated.size() ? stated[static_cast<std::size_t>(number - 1)] : band;
  for (const char* prefix : {"", "raster:"}) {
    const auto value = [&](const char* name) { return number_at(values, (std::string(prefix) + name).c_str()); };
    if (!offer.source.scale) offer.source.scale = value("scale");
    if (!offer.source.offset) offer.source.offset = value("offset");
    if (!offer.source.nodata) offer.source.nodata = value("nodata");
  }
  if (offer.source.scale && !offer.source.offset) offer.source.offset = 0;
  for (const auto resolution :
       {number_at(values, "spatial_resolution"), number_at(asset, "gsd"), number_at(band, "gsd")})
    if (resolution) offer.resolution = std::min(offer.resolution, *resolution);
  offer.stand_in = lower(common) == "nir08";
  return offer;
}

// Finest first, the true role before its stand-in, the shortest wavelength of several red edges.
bool better(const Offer& a, const Offer& b) {
  if (a.stand_in != b.stand_in) return b.stand_in;
  if (a.source.wavelength_um && b.source.wavelength_um && a.source.wavelength_um != b.source.wavelength_um &&
      a.source.role == BandRole::red_edge)
    return *a.source.wavelength_um < *b.source.wavelength_um;
  return a.resolution < b.resolution;
}

void calibrate(const Item& item, Offer& offer, bool offset_applied) {
  const auto calibration = calibration_of(item);
  if (!offer.source.scale && is_landsat_surface(item)) {
    // Collection 2 surface reflectance: USGS LSDS-1619.
    offer.source.scale = 0.0000275;
    offer.source.offset = -0.2;
    if (!offer.source.nodata) offer.source.nodata = 0;
  }
  if (offset_applied) offer.source.offset = 0;
  offer.source.calibration = offer.source.scale ? calibration : std::nullopt;
}

void add_quality(const Item& item, const std::string& key, const json& asset, SceneBuilder& scene) {
  const auto href = text_at(asset, "href");
  if (!href || !scene.facts().quality.empty()) return;
  const std::string file = lower(io::stem_of(*href)), name = lower(key);
  const bool classes = name == "scl" || file.find("_scl") != std::string::npos || file == "scl";
  const bool pixel = name.rfind("qa_pixel", 0) == 0 || file.find("qa_pixel") != std::string::npos;
  if (!classes && !pixel) return;
  const auto path = item.resolve(*href);
  if (!path) return;
  if (classes)
    scene.add_quality(*path, 1, "Sentinel-2 SCL", sentinel2_scl_tests());
  else
    scene.add_quality(*path, 1, "Landsat QA_PIXEL", landsat_qa_pixel_tests());
}

}  // namespace

std::optional<std::string> find_stac_item(const std::string& path) {
  const std::string name = lower(io::file_name_of(path));
  const bool json_name =
      name.size() > 5 && (name.rfind(".json") == name.size() - 5 || name.rfind(".geojson") == name.size() - 8);
  if (!json_name || !io::is_file(path)) return std::nullopt;
  const json document = json::parse(io::read_text(path), nullptr, false);
  return document.is_object() && document.contains("stac_version") && document.contains("assets") ? std::optional(path)
                                                                                                  : std::nullopt;
}

std::optional<std::string> find_only_stac_item(const std::string& folder) {
  std::optional<std::string> only;
  for (const std::string& name : io::list_folder(folder)) {
    const auto item = find_stac_item(io::join_path(folder, name));
    if (item && only) return std::nullopt;
    if (item) only = item;
  }
  return only;
}

void describe_stac(const std::string& item_path, SceneBuilder& scene) {
  Item item(json::parse(io::read_text(item_path), nullptr, false), item_path);
  const json assets = item.assets();
  for (const auto& [key, asset] : assets.items()) {
    const auto href = text_at(asset, "href");
    const auto path = href && !is_picture(asset) ? item.resolve(*href) : std::nullopt;
    if (path && path->rfind("/vsi", 0) != 0) item.stay_local();
  }
  Scene& facts = scene.facts();
  facts.id = item.id();
  facts.sensor = sensor_of(item);
  facts.sun_elevation_deg = item.property({"view:sun_elevation", "eo:sun_elevation"});
  facts.sun_azimuth_deg = item.property({"view:sun_azimuth", "eo:sun_azimuth"});
  for (const char* key : {"datetime", "start_datetime"})
    if (const auto text = item.property_text({key}); text && !facts.date) facts.date = parse_date(*text);

  const auto flag = item.properties().find("earthsearch:boa_offset_applied");
  const bool offset_applied = flag != item.properties().end() && flag->is_boolean() && flag->get<bool>();
  if (offset_applied) scene.note("the catalogue says that the radiometric offset is already taken off the samples");

  std::vector<Offer> offers;
  std::vector<std::string> missing;
  for (const auto& [key, asset] : assets.items()) {
    add_quality(item, key, asset, scene);
    if (is_picture(asset)) continue;
    std::vector<json> bands = item.bands(asset);
    if (bands.empty()) bands.push_back(json::object());
    scene.saw(key);
    for (std::size_t i = 0; i < bands.size(); ++i)
      if (auto offer = offer_of(item, key, asset, bands[i], static_cast<int>(i) + 1)) {
        calibrate(item, *offer, offset_applied);
        offers.push_back(std::move(*offer));
      }
  }
  std::stable_sort(offers.begin(), offers.end(), better);
  for (const Offer& offer : offers) scene.add(offer.source);
  if (std::any_of(offers.begin(), offers.end(), [](const Offer& o) { return o.source.scale && !o.source.calibration; }))
    scene.note("the item does not say which reflectance its scale and offset give");
}

}  // namespace plotwatch::catalogue
