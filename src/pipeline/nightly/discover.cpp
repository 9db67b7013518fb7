#include "pipeline/nightly/discover.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "io/file_facts.hpp"
#include "io/files.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

using Json = nlohmann::json;

constexpr int levels = 3;

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool is_raster_name(const std::string& name) {
  const std::string n = lower(name);
  for (const char* end : {".tif", ".tiff", ".jp2", ".img", ".vrt", ".dat"})
    if (ends_with(n, end)) return !n.starts_with(".");
  return false;
}

bool is_json_name(const std::string& name) {
  const std::string n = lower(name);
  return (ends_with(n, ".json") || ends_with(n, ".geojson")) && !n.starts_with(".");
}

bool is_item(const Json& json) {
  return json.is_object() && json.contains("stac_version") && json.contains("assets") && json.contains("id") &&
         json["id"].is_string();
}

bool is_collection(const Json& json) {
  return json.is_object() && json.value("type", "") == "FeatureCollection" && json.contains("features") &&
         json["features"].is_array();
}

class Finder {
 public:
  Finder(const Archive& archive, bool write) : archive_(archive), write_(write) {}

  void look_in(const std::string& place, const std::string& where) {
    place_ = place;
    const std::vector<std::string> paths = io::matching_paths(where);
    if (paths.empty()) found_.problems.push_back(fmt::format("sources.places.{}: nothing is at {}", place, where));
    for (const std::string& path : paths)
      if (io::is_folder(path))
        folder(path, levels);
      else
        file(path);
  }

  Discovered take() {
    for (auto& [id, arrival] : arrivals_) found_.arrivals.push_back(std::move(arrival));
    return std::move(found_);
  }

 private:
  void folder(const std::string& path, int depth) {
    const std::vector<std::string> names = io::list_folder(path);
    if (is_product(path, names)) return product(path, {path});
    std::vector<std::string> rasters, folders;
    bool items = false;
    for (const std::string& name : names) {
      const std::string child = io::join_path(path, name);
      if (name.starts_with(".")) continue;
      if (io::is_folder(child))
        folders.push_back(child);
      else if (is_json_name(name))
        items = file(child) || items;
      else if (is_raster_name(name))
        rasters.push_back(child);
    }
    if (depth > 0)
      for (const std::string& child : folders) folder(child, depth - 1);
    if (items || rasters.empty()) return;  // the rasters beside an item are its assets
    // Below a place, several rasters and nothing else are the bands of one scene.
    if (depth < levels && folders.empty() && rasters.size() > 1) return product(path, {path});
    for (const std::string& raster : rasters) product(raster, with_companions(raster, names));
  }

  static bool is_product(const std::string& path, const std::vector<std::string>& names) {
    if (ends_with(path, ".SAFE")) return true;
    return std::any_of(names.begin(), names.end(), [](const std::string& n) {
      return ends_with(n, "_MTL.txt") || ends_with(n, "_MTL.json") || ends_with(n, "_MTL.xml") ||
             n.starts_with("MTD_MSIL");
    });
  }

  // A header, world file or the like belongs to the raster beside it.
  static std::vector<std::string> with_companions(const std::string& raster, const std::vector<std::string>& names) {
    std::vector<std::string> files;
    const std::string stem = io::stem_of(raster) + ".", folder = io::folder_of(raster);
    for (const std::string& name : names)
      if (name.starts_with(stem)) files.push_back(io::join_path(folder, name));
    return files;
  }

  // Whether it is a STAC item or a collection of them.
  bool file(const std::string& path) {
    if (!is_json_name(io::file_name_of(path))) {
      product(path, {path});
      return false;
    }
    const Json json = Json::parse(io::read_text(path), nullptr, false);
    if (json.is_discarded()) {
      found_.problems.push_back(path + ": is no whole JSON; still arriving?");
      return false;
    }
    if (is_item(json)) {
      item(path, json);
      return true;
    }
    if (!is_collection(json)) return false;
    for (const Json& feature : json["features"])
      if (is_item(feature)) collected_item(path, feature);
    return true;
  }

  // Relative addresses are meant beside the collection's file.
  void collected_item(const std::string& collection, Json feature) {
    const std::string id = feature["id"];
    for (auto& [key, asset] : feature["assets"].items())
      if (asset.is_object() && asset.contains("href") && asset["href"].is_string()) {
        const std::string href = asset["href"];
        if (href.find("://") != std::string::npos || href.starts_with("/")) continue;
        asset["href"] = io::join_path(io::folder_of(collection), href.starts_with("./") ? href.substr(2) : href);
      }
    const auto own = archive_.item_file(id);
    const std::string text = feature.dump(1) + "\n";
    const bool there = std::filesystem::exists(own);
    if (write_ && (!there || io::read_file(own) != text)) io::write_file(own, text);
    if (there || write_) item(own.string(), feature);
  }

  void item(const std::string& path, const Json& json) {
    std::vector<std::string> files{path}, missing;
    std::vector<std::string> far;  // assets that lie elsewhere
    bool local = false;
    for (const auto& [key, asset] : json["assets"].items()) {
      if (!asset.is_object() || !asset.contains("href") || !asset["href"].is_string()) continue;
      const std::string href = asset["href"];
      const bool remote = href.find("://") != std::string::npos;
      const std::string beside = io::join_path(io::folder_of(path), remote                   ? io::file_name_of(href)
                                                                    : href.starts_with("./") ? href.substr(2)
                                                                                             : href);
      if (io::is_file(beside))
        files.push_back(beside), local = true;
      else
        (remote ? far : missing).push_back(href);
    }
    // Once one asset lies beside the item, the others are on their way too.
    if (local) missing.insert(missing.end(), far.begin(), far.end());
    add(json["id"], path, files, std::move(missing));
  }

  void product(const std::string& path, const std::vector<std::string>& files) {
    const bool generic = io::is_folder(path);
    const std::string name = io::file_name_of(path);
    add(generic ? (ends_with(name, ".SAFE") ? name.substr(0, name.size() - 5) : name) : io::stem_of(path), path, files,
        {});
  }

  void add(const std::string& id, const std::string& path, const std::vector<std::string>& roots,
           std::vector<std::string> missing) {
    if (arrivals_.contains(id)) {
      if (arrivals_.at(id).path != path)
        found_.problems.push_back(
            fmt::format("{}: has the id {} that {} has too; it is passed over", path, id, arrivals_.at(id).path));
      return;
    }
    Arrival a{id, path, place_, "", {}, {}, std::move(missing)};
    std::vector<io::FileFacts> facts;
    for (const std::string& root : roots)
      for (io::FileFacts& f : io::all_file_facts(root)) facts.push_back(std::move(f));
    std::sort(facts.begin(), facts.end(), [](const auto& x, const auto& y) { return x.path < y.path; });
    std::string text;
    for (const io::FileFacts& f : facts) {
      text += fmt::format("{}\t{}\t{}\n", f.path, f.bytes, utc_text(f.changed));
      a.changed = std::max(a.changed, f.changed);
      a.files.push_back(f.path);
    }
    a.fingerprint = sha256(text);
    arrivals_.emplace(id, std::move(a));
  }

  const Archive& archive_;
  bool write_;
  std::string place_;
  std::map<std::string, Arrival> arrivals_;
  Discovered found_;
};

}  // namespace

Discovered discover(const SourceOptions& sources, const Archive& archive, bool write) {
  Finder finder(archive, write);
  for (const auto& [place, where] : sources.places) finder.look_in(place, where);
  return finder.take();
}

std::string still_arriving(const Arrival& a, const std::optional<std::string>& known, UtcTime now, int settle_minutes) {
  if (a.files.empty()) return "no file of it is there yet";
  if (!a.missing.empty())
    return fmt::format("{} of the files that its metadata name are not there yet, first {}", a.missing.size(),
                       a.missing.front());
  if (known && *known == a.fingerprint) return "";
  // A time in the future tells of a clock that was wrong, not of when the file changed.
  if (a.changed > now - std::chrono::minutes(settle_minutes))
    return fmt::format("its files changed at {}, less than {} minutes ago", utc_text(a.changed), settle_minutes);
  return "";
}

std::string content_hash(const Arrival& a) {
  Sha256 hash;
  for (const std::string& file : a.files) {
    if (file.starts_with("/vsi")) return a.fingerprint;
    const std::string line = io::file_name_of(file) + "\t" + sha256_file(file) + "\n";
    hash.update(line.data(), line.size());
  }
  return hash.hex();
}

}  // namespace plotwatch::pipeline::nightly
