#include "io/kml.hpp"

#include <iterator>

#include <fmt/format.h>

namespace plotwatch::io {
namespace {

void append_ring(const Ring& ring, int decimals, const char* side, std::string& out) {
  out += fmt::format("<{}BoundaryIs><LinearRing><coordinates>", side);
  for (std::size_t i = 0; i < ring.size(); ++i)
    fmt::format_to(std::back_inserter(out), "{}{:.{}f},{:.{}f}", i ? " " : "", ring[i].x, decimals, ring[i].y,
                   decimals);
  out += fmt::format("</coordinates></LinearRing></{}BoundaryIs>", side);
}

}  // namespace

std::string kml_geometry(const MultiPolygon& lonlat, int decimals) {
  std::string out;
  if (lonlat.size() != 1) out += "<MultiGeometry>";
  for (const Polygon& polygon : lonlat) {
    out += "<Polygon><tessellate>1</tessellate>";
    append_ring(polygon.outer, decimals, "outer", out);
    for (const Ring& hole : polygon.holes) append_ring(hole, decimals, "inner", out);
    out += "</Polygon>";
  }
  if (lonlat.size() != 1) out += "</MultiGeometry>";
  return out;
}

std::string kml_colour(int red, int green, int blue, int opacity) {
  return fmt::format("{:02x}{:02x}{:02x}{:02x}", opacity, blue, green, red);
}

}  // namespace plotwatch::io
