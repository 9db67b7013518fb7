// GeoJSON by RFC 7946, written by hand: OGR's writer reprojects and rounds as well, but adds members of its own.
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"

namespace plotwatch::io {
namespace {

// `scale`: ten to the number of decimals.
Point rounded(Point p, double scale) {
  const auto round = [&](double degrees) { return std::round(degrees * scale) / scale + 0.0; };  // + 0.0: no "-0"
  return {round(p.x), round(p.y)};
}

// Points that fall together by rounding are one. Right-hand rule: outer rings counter-clockwise, holes clockwise.
Ring rounded(const Ring& ring, bool counter_clockwise, double scale) {
  Ring result;
  result.reserve(ring.size());
  for (const Point p : ring)
    if (const Point r = rounded(p, scale); result.empty() || result.back() != r) result.push_back(r);
  if ((signed_area(result) > 0) != counter_clockwise) std::reverse(result.begin(), result.end());
  return result;
}

MultiPolygon rounded(const MultiPolygon& polygons, double scale) {
  MultiPolygon result;
  for (const Polygon& polygon : polygons) {
    Polygon r{rounded(polygon.outer, true, scale), {}};
    if (r.outer.size() < 4) continue;
    for (const Ring& hole : polygon.holes)
      if (Ring h = rounded(hole, false, scale); h.size() >= 4) r.holes.push_back(std::move(h));
    result.push_back(std::move(r));
  }
  return result;
}

class Writer {
 public:
  Writer(const OutputLayer& layer, int decimals)
      : layer_(layer), decimals_(decimals), to_lonlat_(layer.crs, lonlat_crs()) {
    for (int i = 0; i < decimals; ++i) scale_ *= 10;
  }

  // Feature by feature: the text of a whole scene's changes would not fit into a scan's memory.
  void write(std::ostream& out) {
    out << "{\"type\":\"FeatureCollection\",\"features\":[\n";
    std::string text;
    for (std::size_t i = 0; i < layer_.features.size(); ++i) {
      text = i ? ",\n" : "";
      feature(layer_.features[i], i + 1, text);
      out << text;
    }
    out << "\n]";
    if (bbox_) out << fmt::format(",\"bbox\":[{},{},{},{}]", bbox_->min_x, bbox_->min_y, bbox_->max_x, bbox_->max_y);
    out << "}\n";
  }

 private:
  void feature(const Feature& f, std::size_t id, std::string& out) {
    if (f.values.size() != layer_.fields.size())
      throw Error(ExitCode::internal, "a feature has another number of values than its layer has fields", layer_.name,
                  "");
    fmt::format_to(std::back_inserter(out), "{{\"type\":\"Feature\",\"id\":{},\"properties\":{{", id);
    for (std::size_t i = 0; i < f.values.size(); ++i) {
      if (i) out += ',';
      out += json_text(layer_.fields[i].name) + ":" + json_value(f.values[i]);
    }
    out += "},\"geometry\":";
    geometry(rounded(to_lonlat_.apply(f.geometry), static_cast<double>(scale_)), out);
    out += '}';
  }

  // Bad UTF-8 becomes U+FFFD: a JSON text may hold nothing else.
  static std::string json_text(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  static std::string json_value(const FieldValue& value) {
    if (const auto* whole = std::get_if<long long>(&value)) return fmt::format("{}", *whole);
    if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real) ? fmt::format("{}", *real) : "null";
    if (const auto* text = std::get_if<std::string>(&value)) return json_text(*text);
    return "null";
  }

  void geometry(const MultiPolygon& polygons, std::string& out) {
    if (polygons.empty()) {
      out += "null";
      return;
    }
    const bool single = polygons.size() == 1;
    out += single ? "{\"type\":\"Polygon\",\"coordinates\":" : "{\"type\":\"MultiPolygon\",\"coordinates\":[";
    for (std::size_t i = 0; i < polygons.size(); ++i) {
      if (i) out += ',';
      out += '[';
      ring(polygons[i].outer, out);
      for (const Ring& hole : polygons[i].holes) {
        out += ',';
        ring(hole, out);
      }
      out += ']';
    }
    out += single ? "}" : "]}";
  }

  void ring(const Ring& points, std::string& out) {
    out += '[';
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Point p = points[i];
      if (!std::isfinite(p.x) || !std::isfinite(p.y))
        throw Error(ExitCode::mismatch, "a feature cannot be given in longitude and latitude", layer_.name,
                    "Check that the data lie where their CRS says.");
      if (!bbox_) bbox_ = Box{p.x, p.y, p.x, p.y};
      bbox_->include(p);
      out += i ? ",[" : "[";
      degrees(p.x, out);
      out += ',';
      degrees(p.y, out);
      out += ']';
    }
    out += ']';
  }

  // A rounded coordinate without trailing zeros. Whole numbers print several times faster than doubles, and a scene's
  // changes have millions of corners.
  void degrees(double value, std::string& out) const {
    long long units = std::llround(value * static_cast<double>(scale_));
    if (units < 0) {
      out += '-';
      units = -units;
    }
    const fmt::format_int whole(units / scale_);
    out.append(whole.data(), whole.size());
    auto fraction = units % scale_;
    if (fraction == 0) return;
    char digits[] = ".000000000000";
    for (int i = decimals_; i > 0; --i, fraction /= 10) digits[i] = static_cast<char>('0' + fraction % 10);
    std::size_t length = static_cast<std::size_t>(decimals_) + 1;
    while (digits[length - 1] == '0') --length;
    out.append(digits, length);
  }

  const OutputLayer& layer_;
  int decimals_;         // at most 12
  long long scale_ = 1;  // ten to the decimals
  CoordinateTransform to_lonlat_;
  std::optional<Box> bbox_;
};

}  // namespace

void write_geojson(const std::string& path, const OutputLayer& layer, int decimals) {
  AtomicFile file(path);
  std::ofstream out(file.temporary(), std::ios::binary);
  Writer(layer, decimals).write(out);
  out.close();
  if (!out)
    throw Error(ExitCode::output, fmt::format("cannot be written: {}", std::strerror(errno)), path,
                "Check free disk space and write permission.");
  file.commit();
}

}  // namespace plotwatch::io
