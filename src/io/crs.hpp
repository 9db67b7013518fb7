// Coordinate reference systems: matching by meaning, and transforms. All coordinates are x east, y north
// (longitude, latitude for geographic systems), whatever axis order the definition states.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch::io {

Crs crs_from_user_input(const std::string& text);  // "EPSG:4527", WKT, PROJ; throws Error(input)
bool same_crs(const Crs& a, const Crs& b);         // by meaning: names and authority codes do not matter
std::string crs_name(const Crs& crs);              // "WGS 84 / UTM zone 51N (EPSG:32651)"
std::string proj4_text(const Crs& crs);            // "+proj=utm +zone=50 …"; empty where PROJ.4 has no words for it
std::optional<int> epsg_code(const Crs& crs);      // stated, or found by matching the definition with full confidence
bool is_geographic(const Crs& crs);
double metres_per_unit(const Crs& crs);  // 1 for metres; about 111 320 for degrees

class CoordinateTransform {
 public:
  // Throws Error(mismatch) when no way is known, for instance from Xi'an 1980 to WGS 84: such plots would lie a
  // hundred metres off. CGCS2000 and WGS 84 are taken for one.
  CoordinateTransform(const Crs& from, const Crs& to);
  ~CoordinateTransform();
  CoordinateTransform(CoordinateTransform&&) noexcept;
  CoordinateTransform& operator=(CoordinateTransform&&) noexcept;

  bool identity() const;
  // In place. Points that cannot be transformed become NaN. One object a thread.
  void apply(std::span<Point> points) const;
  Point apply(Point p) const;
  MultiPolygon apply(const MultiPolygon& polygons) const;
  Box apply(const Box& box) const;  // bounding box of the densified edges

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// CGCS2000 in the 3-degree Gauss-Krueger zone of a longitude in China, with the zone in front of the easting: EPSG:4527
// for zone 39 (117° E). Longitudes elsewhere get the nearest of China's zones, 25 to 45.
Crs gauss_kruger_zone(double longitude);
int gauss_kruger_zone_number(double longitude);

// Degrees: x longitude, y latitude, WGS 84.
const Crs& lonlat_crs();

}  // namespace plotwatch::io
