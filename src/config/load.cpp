#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/config.hpp"
#include "config/cross_checks.hpp"
#include "config/field_table.hpp"
#include "config/problems.hpp"
#include "config/relative_path.hpp"
#include "config/toml_file.hpp"
#include "config/toml_value.hpp"

namespace plotwatch::config {
namespace {

// Names that may stand at one level of the file: what follows `prefix` up to the next dot.
std::vector<std::string> names_below(const std::string& prefix) {
  std::vector<std::string> names;
  for (const FieldEntry& entry : field_table()) {
    if (entry.path.compare(0, prefix.size(), prefix) != 0) continue;
    const std::string rest = entry.path.substr(prefix.size());
    const std::string name = rest.substr(0, rest.find('.'));
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

std::vector<std::string> all_paths() {
  std::vector<std::string> paths;
  for (const FieldEntry& entry : field_table()) paths.push_back(entry.path);
  return paths;
}

// Where a key belongs that stands in the wrong place, or which one its writer most likely meant.
std::string hint(const std::string& prefix, const std::string& key) {
  for (const FieldEntry& entry : field_table())
    if (key_of(entry.path) == key) return ", did you mean '" + entry.path + "'?";
  return did_you_mean(key, names_below(prefix));
}

class Loader {
 public:
  Loader() {
    for (const FieldEntry& entry : field_table()) loaded_.origin[entry.path] = "default";
  }

  void read_preset(const std::string& file) {
    file_ = file;
    toml::table table = parse_toml_file(file);
    table.erase("preset");
    visit(table, "");
    file_.clear();
  }

  void read(const std::string& file) {
    file_ = file;
    const toml::table table = parse_toml_file(file);
    visit(table, "");
  }

  void apply(const Override& flag) {
    const FieldEntry* entry = find_field(flag.field);
    std::string key;  // of a text map
    if (!entry) {
      const std::size_t dot = flag.field.rfind('.');
      if (dot != std::string::npos) entry = find_field(flag.field.substr(0, dot));
      if (!entry || entry->type != FieldType::text_map) {
        problems_.add(flag.flag, fmt::format("'{}' is no field{}", flag.field, did_you_mean(flag.field, all_paths())));
        return;
      }
      key = flag.field.substr(dot + 1);
    }
    std::string problem;
    std::optional<FieldValue> value = value_of(flag.value, key.empty() ? entry->type : FieldType::text, problem);
    if (!value) return reject(*entry, flag.flag, problem);
    if (!key.empty()) value = TextMap{{key, std::get<std::string>(*value)}};
    assign(*entry, *value, flag.flag);
  }

  LoadedOptions finish(Purpose purpose) {
    for (const Finding& finding : cross_checks(loaded_.options, purpose)) {
      if (rejected_.contains(finding.field)) continue;  // said already
      const auto origin = loaded_.origin.find(finding.field);
      const bool given = origin != loaded_.origin.end() && origin->second != "default";
      problems_.add(given ? origin->second : "", finding.problem);
    }
    problems_.throw_if_any(file_.empty() ? "command line" : file_,
                           "docs/configuration.md lists every field with its unit and meaning.");
    return std::move(loaded_);
  }

 private:
  void visit(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string path = prefix + std::string(key.str());
      const unsigned line = line_of(key.source());
      if (const FieldEntry* entry = find_field(path))
        take(*entry, node, line);
      else if (names_below(path + ".").empty())
        problems_.add(place(file_, line),
                      fmt::format("'{}' is no known {}{}", path, node.is_table() ? "section" : "field",
                                  hint(prefix, std::string(key.str()))),
                      line);
      else if (const toml::table* section = node.as_table())
        visit(*section, path + ".");
      else
        problems_.add(place(file_, line), fmt::format("'{}' is a section: write [{}]", path, path), line);
    }
  }

  void take(const FieldEntry& entry, const toml::node& node, unsigned line) {
    std::string problem;
    const toml::table* table = node.as_table();
    if (entry.type == FieldType::text_map && table) {
      // One key at a time, so that each has a line of its own.
      for (const auto& [key, value] : *table) {
        const unsigned own_line = line_of(key.source());
        toml::table single;
        single.insert(key.str(), value);
        std::optional<FieldValue> part = value_of(single, entry.type, problem);
        if (part && entry.path_values)
          for (auto& [name, path] : std::get<TextMap>(*part)) path = beside(file_, path);
        part ? assign(entry, *part, place(file_, own_line), own_line)
             : reject(entry, place(file_, own_line), problem, own_line);
      }
      return;
    }
    std::optional<FieldValue> value = value_of(node, entry.type, problem);
    if (!value) return reject(entry, place(file_, line), problem, line);
    if (entry.type == FieldType::path) value = beside(file_, std::get<std::string>(*value));
    assign(entry, *value, place(file_, line), line);
  }

  void assign(const FieldEntry& entry, const FieldValue& value, const std::string& where,
              unsigned line = Problems::no_line) {
    if (entry.check)
      if (const std::string problem = entry.check(value); !problem.empty()) return reject(entry, where, problem, line);
    if (const TextMap* added = std::get_if<TextMap>(&value)) return merge(entry, *added, where, line);
    entry.set(loaded_.options, value);
    loaded_.origin[entry.path] = where;
  }

  // Keys of a table add up over file and flags; the later of two wins.
  void merge(const FieldEntry& entry, const TextMap& added, const std::string& where, unsigned line) {
    TextMap map;
    if (const std::optional<FieldValue> present = entry.get(loaded_.options)) map = std::get<TextMap>(*present);
    for (const auto& [key, text] : added) {
      if (!entry.keys.empty() && std::find(entry.keys.begin(), entry.keys.end(), key) == entry.keys.end()) {
        reject(entry, where,
               fmt::format("'{}' is none of {}{}", key, fmt::join(entry.keys, ", "), did_you_mean(key, entry.keys)),
               line);
        continue;
      }
      map[key] = text;
      loaded_.origin[entry.path + "." + key] = where;
    }
    loaded_.origin[entry.path] = where;
    entry.set(loaded_.options, map);
  }

  void reject(const FieldEntry& entry, const std::string& where, const std::string& problem,
              unsigned line = Problems::no_line) {
    problems_.add(where, entry.path + " " + problem, line);
    rejected_.insert(entry.path);
  }

  std::string file_;
  LoadedOptions loaded_;
  Problems problems_;
  std::set<std::string> rejected_;  // fields whose value was refused, so that nothing follows from their default
};

}  // namespace

LoadedOptions load(const std::optional<std::string>& file, const std::vector<Override>& overrides, Purpose purpose,
                   const std::optional<std::string>& preset) {
  Loader loader;
  if (preset) loader.read_preset(*preset);
  if (file) loader.read(*file);
  for (const Override& flag : overrides) loader.apply(flag);
  return loader.finish(purpose);
}

}  // namespace plotwatch::config
