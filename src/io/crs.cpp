#include "io/crs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <string>

#include <fmt/format.h>
#include <ogr_spatialref.h>

#include "core/error.hpp"
#include "io/gdal_dataset.hpp"
#include "io/ogr_srs.hpp"

namespace plotwatch::io {
namespace {

// The definition without its AXIS entries. A Shapefile's .prj never names axes while EPSG's Gauss-Krüger systems
// are north-east; as our coordinates are always x east, y north, the order says nothing about the data.
OGRSpatialReference without_axes(const OGRSpatialReference& srs) {
  OGRSpatialReference plain;
  const OGR_SRSNode* root = srs.GetRoot();
  if (!root) return srs;
  const std::unique_ptr<OGR_SRSNode> stripped(root->Clone());
  stripped->StripNodes("AXIS");
  char* text = nullptr;
  stripped->exportToWkt(&text);
  const std::unique_ptr<char, void (*)(void*)> owner(text, &CPLFree);
  return text && plain.importFromWkt(text) == OGRERR_NONE ? plain : srs;
}

bool same_meaning(const OGRSpatialReference& a, const OGRSpatialReference& b) {
  static const char* const options[] = {"CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
                                        "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "IGNORE_COORDINATE_EPOCH=YES",
                                        nullptr};
  if (a.IsSame(&b, options)) return true;
  const OGRSpatialReference plain_a = without_axes(a), plain_b = without_axes(b);
  return plain_a.IsSame(&plain_b, options) != 0;
}

std::optional<int> stated_epsg(const OGRSpatialReference& srs) {
  const char* authority = srs.GetAuthorityName(nullptr);
  const char* code = srs.GetAuthorityCode(nullptr);
  if (!authority || !code || !EQUAL(authority, "EPSG")) return std::nullopt;
  const int number = std::atoi(code);
  return number > 0 ? std::optional(number) : std::nullopt;
}

struct FreeMatches {
  void operator()(OGRSpatialReferenceH* list) const { OSRFreeSRSArray(list); }
};

// PROJ's own confidence falls with a mere difference of names, so every proposal is checked for its meaning.
std::optional<int> matching_epsg(const OGRSpatialReference& srs) {
  int count = 0;
  int* confidence = nullptr;
  OGRSpatialReference copy(srs);
  const std::unique_ptr<OGRSpatialReferenceH, FreeMatches> matches(
      OSRFindMatches(OGRSpatialReference::ToHandle(&copy), nullptr, &count, &confidence));
  CPLFree(confidence);
  for (int i = 0; i < count; ++i) {
    const OGRSpatialReference& match = *OGRSpatialReference::FromHandle(matches.get()[i]);
    if (const std::optional<int> code = stated_epsg(match); code && same_meaning(srs, match)) return code;
  }
  return std::nullopt;
}

}  // namespace

Crs crs_from_user_input(const std::string& text) {
  GdalMessages messages;
  OGRSpatialReference srs;
  // The restrictions keep "a system" from being a file or an address.
  static const char* const options[] = {"ALLOW_NETWORK_ACCESS=NO", "ALLOW_FILE_ACCESS=NO", nullptr};
  if (srs.SetFromUserInput(text.c_str(), options) != OGRERR_NONE)
    throw Error(ExitCode::input, "not a coordinate reference system: " + messages.text(), text.substr(0, 80),
                "Write it as \"EPSG:4527\", as WKT, or as a PROJ string.");
  return from_ogr(srs);
}

bool same_crs(const Crs& a, const Crs& b) {
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  GdalMessages messages;
  return same_meaning(to_ogr(a), to_ogr(b));
}

std::optional<int> epsg_code(const Crs& crs) {
  const OGRSpatialReference srs = to_ogr(crs);
  GdalMessages messages;
  if (const std::optional<int> code = stated_epsg(srs)) return code;
  return matching_epsg(srs);
}

std::string proj4_text(const Crs& crs) {
  const OGRSpatialReference srs = to_ogr(crs);
  GdalMessages messages;
  char* text = nullptr;
  const OGRErr error = srs.exportToProj4(&text);
  const std::unique_ptr<char, void (*)(void*)> owner(text, &CPLFree);
  return error == OGRERR_NONE && text ? text : "";
}

std::string crs_name(const Crs& crs) {
  const OGRSpatialReference srs = to_ogr(crs);
  const std::optional<int> code = epsg_code(crs);
  if (!code) return srs.GetName() ? srs.GetName() : "unnamed";
  // The registry's name: "UTM_Zone_51N" says less than "WGS 84 / UTM zone 51N".
  OGRSpatialReference registered;
  GdalMessages messages;
  const bool known = registered.importFromEPSG(*code) == OGRERR_NONE && registered.GetName();
  return fmt::format("{} (EPSG:{})", known ? registered.GetName() : srs.GetName(), *code);
}

bool is_geographic(const Crs& crs) { return to_ogr(crs).IsGeographic() != 0; }

double metres_per_unit(const Crs& crs) {
  const OGRSpatialReference srs = to_ogr(crs);
  if (srs.IsGeographic()) return srs.GetAngularUnits() * srs.GetSemiMajor();
  return srs.GetLinearUnits();
}

const Crs& lonlat_crs() {
  static const Crs crs = crs_from_user_input("EPSG:4326");
  return crs;
}

int gauss_kruger_zone_number(double longitude) {
  return std::clamp(static_cast<int>(std::lround(longitude / 3)), 25, 45);
}

Crs gauss_kruger_zone(double longitude) {
  return crs_from_user_input(fmt::format("EPSG:{}", 4513 + gauss_kruger_zone_number(longitude) - 25));
}

}  // namespace plotwatch::io
