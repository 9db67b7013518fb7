#include "report/map_projection.hpp"

#include "io/crs.hpp"
#include "io/raster.hpp"

namespace plotwatch::report {

MapProjection map_projection(const Crs& crs) { return {io::epsg_code(crs), io::proj4_text(crs)}; }

MapProjection raster_projection(const std::string& path) { return map_projection(io::describe_raster(path).grid.crs); }

}  // namespace plotwatch::report
