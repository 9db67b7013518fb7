#include <fmt/format.h>

#include "config/config.hpp"
#include "config/field_table.hpp"
#include "config/relative_path.hpp"

namespace plotwatch::config {
namespace {

std::string line(const std::string& key, const std::string& value, const std::string& origin) {
  return fmt::format("{:<58} # {}\n", key + " = " + value, origin);
}

TextMap in_full(TextMap map) {
  for (auto& [key, path] : map) path = full_path(path);
  return map;
}

std::string print_map(const FieldEntry& entry, const TextMap& map, const LoadedOptions& loaded) {
  std::string text = fmt::format("\n[{}]\n", entry.path);
  for (const auto& [key, value] : map) {
    const auto origin = loaded.origin.find(entry.path + "." + key);
    text += line(toml_key(key), toml_string(value), origin == loaded.origin.end() ? "default" : origin->second);
  }
  return text;
}

}  // namespace

std::string print(const LoadedOptions& loaded, Purpose purpose) {
  std::string text, section;
  for (const FieldEntry& entry : field_table()) {
    const bool of_a_pair = section_of(entry.path) == "before" || section_of(entry.path) == "after";
    if (purpose == Purpose::nightly ? of_a_pair : entry.nightly) continue;
    if (section_of(entry.path) != section) {
      section = section_of(entry.path);
      text += fmt::format("{}[{}]\n", text.empty() ? "" : "\n", section);
    }
    const std::string key = key_of(entry.path);
    const std::optional<FieldValue> value = entry.get(loaded.options);
    if (!value)
      text += fmt::format("# {} is not set\n", key);
    else if (const TextMap* map = std::get_if<TextMap>(&*value))
      text += print_map(entry, entry.path_values ? in_full(*map) : *map, loaded);
    else if (entry.type == FieldType::path)
      text += line(key, toml_string(full_path(std::get<std::string>(*value))), loaded.origin.at(entry.path));
    else
      text += line(key, to_toml(*value), loaded.origin.at(entry.path));
  }
  return text;
}

std::vector<Field> fields() {
  std::vector<Field> all;
  const ScanOptions defaults;
  for (const FieldEntry& entry : field_table()) {
    const std::optional<FieldValue> value = entry.get(defaults);
    all.push_back({entry.path, std::string(name(entry.type)), entry.unit, value ? to_toml(*value) : "", entry.meaning});
  }
  return all;
}

}  // namespace plotwatch::config
