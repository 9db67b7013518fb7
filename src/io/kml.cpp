#include "io/kml.hpp"

#include <iterator>

#include <fmt/format.h>

#include "io/text_encoding.hpp"

namespace plotwatch::io {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

void append_ring(const Ring& ring, int decimals, const char* side, std::string& out) {
  out += fmt::format("<{}BoundaryIs><LinearRing><coordinates>", side);
  for (std::size_t i = 0; i < ring.size(); ++i)
    fmt::format_to(std::back_inserter(out), "{}{:.{}f},{:.{}f}", i ? " " : "", ring[i].x, decimals, ring[i].y,
                   decimals);
  out += fmt::format("</coordinates></LinearRing></{}BoundaryIs>", side);
}

}  // namespace

std::string xml_escape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80) ++length;
    const std::string_view character = text.substr(at, length);
    at += length;
    const auto c = static_cast<unsigned char>(character[0]);
    if (!is_utf8(character) || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
      out += replacement;
    else if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += character;
  }
  return out;
}

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
