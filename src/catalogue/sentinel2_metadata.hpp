// Private to catalogue: what a Sentinel-2 product says of itself, read without touching pixels.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"

namespace plotwatch::catalogue {

struct Sentinel2Image {
  std::string code;    // "B02", "B8A", "SCL"
  int resolution = 0;  // metres; 0 where the name does not say (level 1C)
  std::string path;    // relative to the product's folder, without extension
};

struct Sentinel2Metadata {
  std::string uri;       // "S2A_MSIL2A_….SAFE"
  std::string level;     // "1C" or "2A"
  std::string platform;  // "Sentinel-2A"
  std::string baseline;  // "05.09"
  std::optional<Date> date;
  std::optional<double> sun_elevation_deg, sun_azimuth_deg;
  double quantification = 10000;
  std::map<std::string, double> offsets;         // band code -> add before dividing; empty before baseline 04.00
  std::map<std::string, double> wavelengths_um;  // band code -> centre
  std::vector<Sentinel2Image> images;

  double scale() const { return 1 / quantification; }
  double offset(const std::string& code) const;  // reflectance = sample * scale() + offset(code)
};

// `product`: MTD_MSIL1C.xml or MTD_MSIL2A.xml; `granule`: MTD_TL.xml, may be empty. Throws Error(input) naming `where`.
Sentinel2Metadata parse_sentinel2(const std::string& product, const std::string& granule, const std::string& where);

}  // namespace plotwatch::catalogue
