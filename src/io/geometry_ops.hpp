// Geometry operations that GEOS and PROJ do for us.
#pragma once

#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch::io {

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon unite(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon buffer(const MultiPolygon& a, double distance);  // map units
bool is_valid(const MultiPolygon& a);
Point point_on_surface(const MultiPolygon& a);                // inside the polygon, not its centroid
double ellipsoidal_area(const MultiPolygon& a, const Crs& crs);  // m², on the CRS's ellipsoid; edges geodesic

}  // namespace plotwatch::io
