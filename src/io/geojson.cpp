// GeoJSON by RFC 7946, written by hand: OGR's writer reprojects and rounds as well, but adds members of its own.
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

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
void round_and_turn(Ring& ring, bool counter_clockwise, double scale) {
  std::transform(ring.begin(), ring.end(), ring.begin(), [&](Point p) { return rounded(p, scale); });
  ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  if ((signed_area(ring) > 0) != counter_clockwise) std::reverse(ring.begin(), ring.end());
}

constexpr std::size_t least_points = 4;  // of a ring; what has fewer once it is rounded vanishes

class Writer {
 public:
  Writer(const OutputLayer& layer, int decimals)
      : layer_(layer), decimals_(decimals), to_lonlat_(layer.crs, lonlat_crs()) {
    for (int i = 0; i < decimals; ++i) scale_ *= 10;
    for (const OutputField& field : layer.fields)
      keys_.push_back(fmt::format("{}{}:", keys_.empty() ? "" : ",", json_text(field.name)));
  }

  // Ring by ring: one change can have millions of points, and the text of all would not fit into a scan's memory.
  void write(std::ostream& file) {
    std::string text = "{\"type\":\"FeatureCollection\",\"features\":[\n";
    layer_.each_feature([&](const Feature& f, std::size_t i) {
      if (i) text += ",\n";
      feature(f, i + 1, text, file);
    });
    text += "\n]";
    if (bbox_)
      fmt::format_to(std::back_inserter(text), ",\"bbox\":[{},{},{},{}]", bbox_->min_x, bbox_->min_y, bbox_->max_x,
                     bbox_->max_y);
    text += "}\n";
    file << text;
  }

 private:
  void feature(const Feature& f, std::size_t id, std::string& out, std::ostream& file) {
    if (f.values.size() != layer_.fields.size())
      throw Error(ExitCode::internal, "a feature has another number of values than its layer has fields", layer_.name,
                  "");
    fmt::format_to(std::back_inserter(out), "{{\"type\":\"Feature\",\"id\":{},\"properties\":{{", id);
    for (std::size_t i = 0; i < f.values.size(); ++i) {
      out += keys_[i];
      put_value(f.values[i], out);
    }
    out += "},\"geometry\":";
    geometry(f.geometry, out, file);
    out += '}';
  }

  // Bad UTF-8 becomes U+FFFD: a JSON text may hold nothing else.
  static std::string json_text(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  // Whether a JSON string holds the text as it is: printed ASCII that needs no escape.
  static bool is_plain(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
  }

  void put_value(const FieldValue& value, std::string& out) {
    if (const auto* whole = std::get_if<long long>(&value)) {
      const fmt::format_int digits(*whole);
      out.append(digits.data(), digits.size());
    } else if (const auto* real = std::get_if<double>(&value); real && std::isfinite(*real)) {
      fmt::format_to(std::back_inserter(out), "{}", *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      if (is_plain(*text))
        (out += '"').append(*text) += '"';
      else
        out += escaped(*text);
    } else {
      out += "null";
    }
  }

  // Reasons, bases and names come again and again.
  const std::string& escaped(const std::string& text) {
    constexpr std::size_t most = 4096;
    if (escaped_.size() >= most) escaped_.clear();
    const auto [at, is_new] = escaped_.try_emplace(text);
    if (is_new) at->second = json_text(text);
    return at->second;
  }

  void geometry(const MultiPolygon& polygons, std::string& out, std::ostream& file) {
    int kept = 0;
    for (auto p = polygons.begin(); p != polygons.end() && kept < 2; ++p) kept += lonlat(p->outer, true) ? 1 : 0;
    if (kept == 0) {
      out += polygons.empty() ? "null" : "{\"type\":\"MultiPolygon\",\"coordinates\":[]}";
      return;
    }
    const bool single = kept == 1;
    out += single ? "{\"type\":\"Polygon\",\"coordinates\":" : "{\"type\":\"MultiPolygon\",\"coordinates\":[";
    bool first = true;
    for (const Polygon& polygon : polygons) {
      if (!lonlat(polygon.outer, true)) continue;
      out += first ? "[" : ",[";
      first = false;
      write_ring(out, file);
      for (const Ring& hole : polygon.holes) {
        if (!lonlat(hole, false)) continue;
        out += ',';
        write_ring(out, file);
      }
      out += ']';
    }
    out += single ? "}" : "]}";
  }

  // Fills ring_; false when nothing is left of it.
  bool lonlat(const Ring& ring, bool counter_clockwise) {
    ring_ = ring;
    to_lonlat_.apply(ring_);
    round_and_turn(ring_, counter_clockwise, static_cast<double>(scale_));
    return ring_.size() >= least_points;
  }

  void write_ring(std::string& out, std::ostream& file) {
    out += '[';
    for (std::size_t i = 0; i < ring_.size(); ++i) {
      const Point p = ring_[i];
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
    if (out.size() >= flush_at) {
      file << out;
      out.clear();
    }
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

  static constexpr std::size_t flush_at = 64 << 10;  // characters

  const OutputLayer& layer_;
  int decimals_;                   // at most 12
  long long scale_ = 1;            // ten to the decimals
  std::vector<std::string> keys_;  // of the fields, with what stands around them
  std::unordered_map<std::string, std::string> escaped_;
  Ring ring_;  // in longitude and latitude
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
