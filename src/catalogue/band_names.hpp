// Private to catalogue: what sensors call their bands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/raster.hpp"
#include "model/band_role.hpp"

namespace plotwatch::catalogue {

struct NamedBand {
  std::string_view name;  // "B8A", "4"
  BandRole role;
  double wavelength_um;  // nominal band centre
};

// One band a role; a later entry of the same role stands in where the earlier one is missing.
const std::vector<NamedBand>& sentinel2_bands();
// `spacecraft`: the mission's number, 4 to 9. Empty for a number that carries no such bands.
const std::vector<NamedBand>& landsat_bands(int spacecraft);

// "B05" of "T18SVG_20160112T160642_B05_20m.jp2", "l8_B4.tif", "…_SR_B4.TIF": upper case, the last such part of the
// stem.
std::optional<std::string> band_code(std::string_view stem);

// Common names of the STAC extensions: "rededge1", "nir08", "swir16", … and the names of band_role.hpp.
std::optional<BandRole> role_of_common_name(std::string_view name);
// Words of a band's description: "Near Infrared", "Blue band", "SWIR 1".
std::optional<BandRole> role_of_description(std::string_view description);
// By wavelength, else by description, else by colour interpretation; `why` says by which.
std::optional<BandRole> role_of_band(const io::RasterBandInfo& band, std::string& why);

std::string lower(std::string_view text);

}  // namespace plotwatch::catalogue
