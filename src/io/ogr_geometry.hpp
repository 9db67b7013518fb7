// Our polygons to and from OGR's, and the repair of what files hold. Private to io.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <ogr_geometry.h>

#include "core/geometry.hpp"

namespace plotwatch::io {

std::unique_ptr<OGRMultiPolygon> to_ogr(const MultiPolygon& polygons);

// All polygons of a polygon, multipolygon or collection, outer rings counter-clockwise, holes clockwise; points,
// lines and rings that enclose nothing are passed over.
MultiPolygon from_ogr(const OGRGeometry& geometry);

// Lines and points, those in collections too; the last point of a closed line repeats the first.
std::vector<std::vector<Point>> paths_of(const OGRGeometry& geometry);

struct CleanGeometry {
  MultiPolygon polygons;  // valid; empty when nothing usable was there
  std::string problem;    // empty when the geometry was fine
  bool repaired = false;
};

// Any geometry of a file, null included, as valid 2-D polygons in x east, y north.
CleanGeometry clean(const OGRGeometry* geometry);

}  // namespace plotwatch::io
