// Polygons as well-known binary (OGC 06-103r4), little-endian, exact: what is read is what was written.
#pragma once

#include <string>
#include <string_view>

#include "core/geometry.hpp"

namespace plotwatch::io {

std::string to_wkb(const MultiPolygon& polygons);
// Throws Error(input) for what is no multipolygon in this form.
MultiPolygon from_wkb(std::string_view bytes);

// The blob of GeoPackage 1.3, 2.1.3: header, envelope (unless empty), well-known binary.
std::string to_gpkg(const MultiPolygon& polygons, int srid);
MultiPolygon from_gpkg(std::string_view bytes);

// PostGIS's extended form with the system's number in it.
std::string to_ewkb(const MultiPolygon& polygons, int srid);
MultiPolygon from_ewkb(std::string_view bytes);

std::string to_hex(std::string_view bytes);  // lower case
std::string from_hex(std::string_view text);

}  // namespace plotwatch::io
