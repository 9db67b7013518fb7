// A coordinate reference system as viewers in a browser take it.
#pragma once

#include <optional>
#include <string>

#include "core/grid.hpp"

namespace plotwatch::report {

struct MapProjection {
  std::optional<int> epsg;
  std::string proj4;  // "+proj=tmerc …"; x east, y north whatever the axis order of the definition
};

MapProjection map_projection(const Crs& crs);
MapProjection raster_projection(const std::string& path);  // of a raster file; throws Error(input)

}  // namespace plotwatch::report
