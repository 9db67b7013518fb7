// Presets of sensors: configurations that hold what differs from the defaults at a pixel size.
#pragma once

#include <string>
#include <vector>

namespace plotwatch::config {

struct Preset {
  std::string name;  // the file's stem
  std::string file;
  std::string title, title_zh;     // for people
  double from_m = 0, below_m = 0;  // of the working grid's pixel: from <= size < below

  bool suits(double pixel_m) const { return pixel_m >= from_m && pixel_m < below_m; }
};

// Every *.toml of the folder, by name. Throws one Error(config) that lists what is wrong: no [preset] section, unknown
// keys, an empty or overlapping range.
std::vector<Preset> read_presets(const std::string& folder);

}  // namespace plotwatch::config
