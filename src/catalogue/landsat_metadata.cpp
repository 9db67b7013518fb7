#include "catalogue/landsat_metadata.hpp"

#include <charconv>
#include <sstream>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/xml.hpp"

namespace plotwatch::catalogue {
namespace {

using Groups = std::map<std::string, std::map<std::string, std::string>>;

std::string trimmed(std::string text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"'; };
  while (!text.empty() && blank(text.back())) text.pop_back();
  std::size_t first = 0;
  while (first < text.size() && blank(text[first])) ++first;
  return text.substr(first);
}

Groups parse_odl(const std::string& text) {
  Groups groups;
  std::vector<std::string> open;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string key = trimmed(line.substr(0, equals)), value = trimmed(line.substr(equals + 1));
    if (key == "GROUP")
      open.push_back(value);
    else if (key == "END_GROUP" && !open.empty())
      open.pop_back();
    else if (!open.empty())
      groups[open.back()].emplace(key, value);
  }
  return groups;
}

Groups parse_json(const std::string& text, const std::string& where) {
  const nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
  if (document.is_discarded()) throw Error(ExitCode::input, "is no valid JSON", where, "Fetch the file again.");
  Groups groups;
  for (const auto& root : document)
    if (root.is_object())
      for (const auto& [group, entries] : root.items())
        if (entries.is_object())
          for (const auto& [key, value] : entries.items())
            groups[group].emplace(key, value.is_string() ? value.get<std::string>() : value.dump());
  return groups;
}

Groups parse_xml(const std::string& text, const std::string& where) {
  Groups groups;
  for (const io::XmlElement& element : io::flatten_xml(text, where))
    if (const std::size_t slash = element.path.rfind('/'); slash != std::string::npos)
      groups[element.path.substr(0, slash)].emplace(element.path.substr(slash + 1), trimmed(element.text));
  return groups;
}

}  // namespace

LandsatMetadata LandsatMetadata::parse(const std::string& text, const std::string& where) {
  LandsatMetadata metadata;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const char notation = first == std::string::npos ? '\0' : text[first];
  metadata.groups_ = notation == '{'   ? parse_json(text, where)
                     : notation == '<' ? parse_xml(text, where)
                                       : parse_odl(text);
  if (!metadata.product("SPACECRAFT_ID"))
    throw Error(ExitCode::input, "is no Landsat MTL file: it names no SPACECRAFT_ID", where, "Fetch the file again.");
  return metadata;
}

std::optional<std::string> LandsatMetadata::find(const std::string& group, const std::string& key) const {
  const auto g = groups_.find(group);
  if (g == groups_.end()) return std::nullopt;
  const auto it = g->second.find(key);
  return it == g->second.end() ? std::nullopt : std::optional(it->second);
}

std::optional<double> LandsatMetadata::number(const std::string& group, const std::string& key) const {
  const auto text = find(group, key);
  if (!text) return std::nullopt;
  double value = 0;
  const auto [end, status] = std::from_chars(text->data(), text->data() + text->size(), value);
  return status == std::errc{} && end == text->data() + text->size() ? std::optional(value) : std::nullopt;
}

std::optional<std::string> LandsatMetadata::product(const std::string& key) const {
  for (const char* group : {"PRODUCT_CONTENTS", "IMAGE_ATTRIBUTES", "PRODUCT_METADATA", "METADATA_FILE_INFO"})
    if (const auto value = find(group, key)) return value;
  return std::nullopt;
}

int LandsatMetadata::collection() const {
  const auto text = product("COLLECTION_NUMBER");
  return text && text->find('2') != std::string::npos ? 2 : text ? 1 : 0;
}

bool LandsatMetadata::surface_reflectance() const {
  const auto level = product("PROCESSING_LEVEL");
  return level && level->rfind("L2", 0) == 0;
}

}  // namespace plotwatch::catalogue
