// Our Crs record to and from OGR's object. Private to io.
#pragma once

#include <ogr_spatialref.h>

#include "core/grid.hpp"

namespace plotwatch::io {

// With x east, y north axis mapping. Throws Error(input) when the text is empty or no definition.
OGRSpatialReference to_ogr(const Crs& crs);

// The horizontal part, as WKT 2:2019.
Crs from_ogr(const OGRSpatialReference& srs);

}  // namespace plotwatch::io
