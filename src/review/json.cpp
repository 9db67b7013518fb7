#include "review/json.hpp"

#include <algorithm>
#include <cmath>

#include "review/api_error.hpp"

namespace plotwatch::review {
namespace {

Json ring_json(const Ring& ring) {
  Json out = Json::array();
  const auto mm = [](double metres) { return std::round(metres * 1000) / 1000; };
  for (const Point& p : ring) out.push_back({mm(p.x), mm(p.y)});
  return out;
}

Json polygon_json(const Polygon& polygon) {
  Json out = Json::array({ring_json(polygon.outer)});
  for (const Ring& hole : polygon.holes) out.push_back(ring_json(hole));
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const auto first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

}  // namespace

Response json_response(const Json& body, int status) {
  Response out;
  out.status = status;
  out.content_type = "application/json; charset=utf-8";
  // What a file or an older program left in the ledger may be no UTF-8: shown with a mark, not refused.
  out.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return out;
}

Json geometry_json(const MultiPolygon& polygons) {
  if (polygons.size() == 1) return {{"type", "Polygon"}, {"coordinates", polygon_json(polygons.front())}};
  Json coordinates = Json::array();
  for (const Polygon& polygon : polygons) coordinates.push_back(polygon_json(polygon));
  return {{"type", "MultiPolygon"}, {"coordinates", std::move(coordinates)}};
}

Json box_json(const Box& box) { return Json::array({box.min_x, box.min_y, box.max_x, box.max_y}); }

Json date_json(const std::optional<Date>& date) { return date ? Json(date->iso()) : Json(); }

std::string checked_text(std::string_view text, const std::string& where, std::size_t least, std::size_t most) {
  const std::string_view cut = trimmed(text);
  if (cut.size() < least) throw bad_value(where, where + " is empty", "此项不能为空");
  if (cut.size() > most)
    throw bad_value(where, where + " is longer than " + std::to_string(most) + " bytes", "内容过长");
  for (const char c : cut)
    if ((static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\r' && c != '\t') || c == 127)
      throw bad_value(where, where + " has control characters", "含有控制字符");
  return std::string(cut);
}

Fields::Fields(const std::string& body, std::initializer_list<std::string_view> known) : body_(Json::object()) {
  if (body.empty()) return;
  body_ = Json::parse(body, nullptr, false);
  if (body_.is_discarded() || !body_.is_object())
    throw ApiError(400, "The body is no JSON object in UTF-8.", "请求内容不是有效的 JSON。", "body");
  for (const auto& [name, value] : body_.items())
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw bad_value(name.substr(0, 64), "this member is not known here", "未知的字段");
}

bool Fields::has(const char* name) const { return body_.contains(name) && !body_[name].is_null(); }

const Json& Fields::value(const char* name) const {
  if (!has(name)) throw bad_value(name, std::string(name) + " is missing", "缺少必填项");
  return body_[name];
}

std::string Fields::text(const char* name, std::size_t least, std::size_t most) const {
  const Json& v = value(name);
  if (!v.is_string()) throw bad_value(name, std::string(name) + " is no text", "应为文本");
  return checked_text(v.get_ref<const std::string&>(), name, least, most);
}

std::string Fields::text_or(const char* name, std::size_t most, const std::string& otherwise) const {
  return has(name) ? text(name, 0, most) : otherwise;
}

std::string Fields::secret(const char* name) const {
  const Json& v = value(name);
  if (!v.is_string() || v.get_ref<const std::string&>().size() > 256)
    throw bad_value(name, std::string(name) + " is no text of at most 256 bytes", "应为不超过256字节的文本");
  return v.get<std::string>();
}

std::int64_t Fields::integer(const char* name) const {
  const Json& v = value(name);
  if (!v.is_number_integer()) throw bad_value(name, std::string(name) + " is no whole number", "应为整数");
  return v.get<std::int64_t>();
}

bool Fields::boolean(const char* name) const {
  const Json& v = value(name);
  if (!v.is_boolean()) throw bad_value(name, std::string(name) + " is neither true nor false", "应为 true 或 false");
  return v.get<bool>();
}

Date Fields::date(const char* name) const {
  const std::string written = text(name, 1, 10);
  const std::optional<Date> date = parse_date(written);
  if (!date) throw bad_value(name, std::string(name) + " is no date like 2026-11-23", "日期格式应为 2026-11-23");
  return *date;
}

}  // namespace plotwatch::review
