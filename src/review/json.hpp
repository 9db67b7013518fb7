// JSON of requests and answers.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/date.hpp"
#include "core/geometry.hpp"
#include "review/http/message.hpp"

namespace plotwatch::review {

using Json = nlohmann::json;

Response json_response(const Json& body, int status = 200);
Json geometry_json(const MultiPolygon& polygons);  // GeoJSON Polygon or MultiPolygon, coordinates to 1 mm
Json box_json(const Box& box);                     // [minx, miny, maxx, maxy]
Json date_json(const std::optional<Date>& date);   // "2026-11-23" or null

// The members of a request's body, each asked for by name; whatever is wrong is ApiError 400 or 422 with its name.
class Fields {
 public:
  // `known`: members that may be there. An empty body is {}.
  Fields(const std::string& body, std::initializer_list<std::string_view> known);

  bool has(const char* name) const;
  // Text of `least` to `most` bytes, without control characters but line ends and tabs; trimmed of spaces at both ends.
  std::string text(const char* name, std::size_t least, std::size_t most) const;
  std::string text_or(const char* name, std::size_t most, const std::string& otherwise) const;
  std::string secret(const char* name) const;  // any text of at most 256 bytes
  std::int64_t integer(const char* name) const;
  bool boolean(const char* name) const;
  Date date(const char* name) const;
  const Json& value(const char* name) const;

 private:
  Json body_;
};

// What Fields::text asks of a text that comes another way. Throws ApiError 422.
std::string checked_text(std::string_view text, const std::string& where, std::size_t least, std::size_t most);

}  // namespace plotwatch::review
