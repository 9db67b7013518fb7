// Pieces of KML 2.2 (OGC 07-147r2) as text.
#pragma once

#include <string>

#include "core/geometry.hpp"

namespace plotwatch::io {

// <Polygon> or <MultiGeometry> of polygons in degrees (x longitude, y latitude), clamped to the ground. Ten decimals
// keep survey coordinates to the millimetre.
std::string kml_geometry(const MultiPolygon& lonlat, int decimals = 10);

// "aabbggrr", as KML writes colours.
std::string kml_colour(int red, int green, int blue, int opacity = 255);

}  // namespace plotwatch::io
