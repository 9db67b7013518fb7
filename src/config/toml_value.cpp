#include "config/toml_value.hpp"

#include <fmt/format.h>

namespace plotwatch::config {
namespace {

std::string_view name_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "a list";
    case toml::node_type::string: return "text";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a number";
    case toml::node_type::boolean: return "true or false";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time";
    case toml::node_type::date_time: return "a date and time";
    case toml::node_type::none: break;
  }
  return "nothing";
}

std::optional<FieldValue> text_of(const toml::node& node, std::string& problem) {
  const toml::value<std::string>* text = node.as_string();
  if (!text) return std::nullopt;
  if (text->get().empty()) {
    problem = "is empty; leave the line out instead";
    return std::nullopt;
  }
  return text->get();
}

std::optional<FieldValue> date_of(const toml::node& node, std::string& problem) {
  std::optional<toml::date> date;
  if (const auto* plain = node.as_date()) date = plain->get();
  if (const auto* with_time = node.as_date_time()) date = with_time->get().date;
  if (date) return Date{date->year, date->month, date->day};
  if (const auto* text = node.as_string()) {
    if (const std::optional<Date> parsed = parse_date(text->get())) return *parsed;
    problem = fmt::format("is '{}' and must be a date as 2026-11-23", text->get());
  }
  return std::nullopt;
}

std::optional<FieldValue> map_of(const toml::node& node, std::string& problem) {
  const toml::table* table = node.as_table();
  if (!table) return std::nullopt;
  TextMap map;
  for (const auto& [key, value] : *table) {
    const std::string name(key.str());
    if (const auto* number = value.as_integer())
      map[name] = fmt::format("{}", number->get());
    else if (const auto* text = value.as_string(); text && !text->get().empty())
      map[name] = text->get();
    else {
      problem = fmt::format("'{}' must be text or a whole number", name);
      return std::nullopt;
    }
  }
  return map;
}

std::optional<FieldValue> typed(const toml::node& node, FieldType type, std::string& problem) {
  switch (type) {
    case FieldType::text:
    case FieldType::path: return text_of(node, problem);
    case FieldType::date: return date_of(node, problem);
    case FieldType::text_map: return map_of(node, problem);
    case FieldType::boolean:
      if (const auto* flag = node.as_boolean()) return flag->get();
      break;
    case FieldType::integer:
      if (const auto* whole = node.as_integer()) return whole->get();
      break;
    case FieldType::number:
      if (const auto* real = node.as_floating_point()) return real->get();
      if (const auto* whole = node.as_integer()) return static_cast<double>(whole->get());
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<FieldValue> value_of(const toml::node& node, FieldType type, std::string& problem) {
  problem.clear();
  std::optional<FieldValue> value = typed(node, type, problem);
  if (!value && problem.empty()) problem = fmt::format("must be {}, is {}", with_article(type), name_of(node.type()));
  return value;
}

std::optional<FieldValue> value_of(const std::string& text, FieldType type, std::string& problem) {
  const bool quoted = !text.empty() && (text.front() == '"' || text.front() == '\'');
  const bool plain = type == FieldType::text || type == FieldType::path || type == FieldType::date;
  if (plain && !quoted) return value_of(toml::value<std::string>(text), type, problem);
  try {
    const toml::table table = toml::parse("value = " + text);
    if (table.size() == 1) return value_of(*table.get("value"), type, problem);
  } catch (const toml::parse_error&) {
    // What it should have been says more than where the parser stopped.
  }
  problem = fmt::format("is '{}' and must be {}", text, with_article(type));
  return std::nullopt;
}

}  // namespace plotwatch::config
