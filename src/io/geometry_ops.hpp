// Geometry operations that GEOS and PROJ do for us.
#pragma once

#include <string>
#include <vector>

#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch::io {

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon unite(const MultiPolygon& a, const MultiPolygon& b);
bool intersects(const MultiPolygon& a, const MultiPolygon& b);  // a common point suffices
MultiPolygon buffer(const MultiPolygon& a, double distance);    // map units
double distance(const MultiPolygon& a, const MultiPolygon& b);  // map units, 0 where they touch; both not empty
// To lines and points (a path of one): map units, 0 where they meet; both not empty.
double distance(const MultiPolygon& a, const std::vector<std::vector<Point>>& paths);
double boundary_distance(const MultiPolygon& a, const MultiPolygon& b);  // between their outlines, holes included
bool is_valid(const MultiPolygon& a);

struct CleanPolygons {
  MultiPolygon polygons;  // valid; empty when nothing usable was there
  std::string problem;    // "self-intersection at (x, y)"; empty when the polygons were fine
  bool repaired = false;
};
CleanPolygons clean_polygons(const MultiPolygon& a);  // as read_vector cleans what files hold
Point point_on_surface(const MultiPolygon& a);        // inside the polygon, not its centroid

// m², on the CRS's ellipsoid. Edges are the straight lines of the CRS, as drawn: not geodesics.
double ellipsoidal_area(const MultiPolygon& a, const Crs& crs);

}  // namespace plotwatch::io
