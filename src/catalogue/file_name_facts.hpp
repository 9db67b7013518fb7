// Private to catalogue: what a file or folder name gives away of a scene.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"

namespace plotwatch::catalogue {

// The first valid date: YYYYMMDD, YYYY-MM-DD, YYYY_MM_DD standing alone, or year and day of year of a Landsat scene
// identifier (LC80200392015216LGN00). Years 1972 to 2099.
std::optional<Date> date_in_name(std::string_view name);

// "Sentinel-2A MSI", "Landsat 8 OLI/TIRS"; empty when the name does not say.
std::string sensor_in_name(std::string_view name);

// 4 to 9 of "Landsat 8 OLI/TIRS"; empty for other sensors.
std::optional<int> landsat_number(std::string_view sensor);
bool is_sentinel2(std::string_view sensor);

}  // namespace plotwatch::catalogue
