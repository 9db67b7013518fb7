#include "config/presets.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "config/problems.hpp"
#include "config/toml_file.hpp"

namespace plotwatch::config {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> known_keys{"title", "title_zh", "from_m", "below_m"};

Preset read(const std::string& file, Problems& problems) {
  Preset p;
  p.name = fs::path(file).stem().string();
  p.file = file;
  const toml::table table = parse_toml_file(file);
  const toml::table* section = table["preset"].as_table();
  if (!section) {
    problems.add(file, "there is no [preset] section");
    return p;
  }
  for (const auto& [key, node] : *section)
    if (std::find(known_keys.begin(), known_keys.end(), key.str()) == known_keys.end())
      problems.add(place(file, line_of(key.source())),
                   fmt::format("'{}' is not known{}", key.str(), did_you_mean(std::string(key.str()), known_keys)));
  p.title = (*section)["title"].value_or(std::string());
  p.title_zh = (*section)["title_zh"].value_or(std::string());
  p.from_m = (*section)["from_m"].value_or(-1.0);
  p.below_m = (*section)["below_m"].value_or(-1.0);
  if (p.title.empty() || p.title_zh.empty()) problems.add(file, "[preset] needs title and title_zh");
  if (!(p.from_m >= 0 && p.below_m > p.from_m))
    problems.add(file, "[preset] needs from_m and below_m, metres, in order");
  return p;
}

}  // namespace

std::vector<Preset> read_presets(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  Problems problems;
  if (files.empty()) problems.add("", "there is no preset");
  std::vector<Preset> all;
  for (const std::string& file : files) {
    Preset p = read(file, problems);
    for (const Preset& other : all)
      if (p.from_m < other.below_m && other.from_m < p.below_m)
        problems.add(file, fmt::format("its range overlaps that of {}", other.name));
    all.push_back(std::move(p));
  }
  problems.throw_if_any(folder, "docs/configuration.md describes presets.");
  return all;
}

}  // namespace plotwatch::config
