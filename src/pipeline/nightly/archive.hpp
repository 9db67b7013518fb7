// The folder in which nights keep what is no record: evidence of every scan, plans, looks, summaries. docs/operating.md
// lists it. Losing the looks costs time; losing the rest costs evidence.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "pipeline/nightly/choose.hpp"
#include "pipeline/nightly/scene_look.hpp"

namespace plotwatch::pipeline::nightly {

class Archive {
 public:
  explicit Archive(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path scan_folder(const std::string& scan_id) const { return root_ / "scans" / scan_id; }
  std::filesystem::path item_file(const std::string& scene_id) const;  // of a scene out of an item collection
  std::filesystem::path night_folder() const { return root_ / "nights"; }

  // Makes the folders. Throws Error(output).
  void prepare() const;

  // What was decided for an after scene. Written before its first scan and never changed, so that a night that ended
  // half way goes on with the very same scans.
  std::optional<Choice> plan(const std::string& scene_id, const std::string& fingerprint) const;
  void keep_plan(const std::string& scene_id, const std::string& fingerprint, const Choice& choice) const;

  // A cache: `key` holds all that a look depends on. Nothing for another key or an unreadable file.
  std::optional<SceneLook> look(const std::string& scene_id, const std::string& key) const;
  void keep_look(const SceneLook& look, const std::string& key) const;

 private:
  std::filesystem::path root_;
};

// A scene's id as a file name: what is no letter, digit, dot, dash or underline becomes an underline, and a hash keeps
// two such ids apart.
std::string file_name_for(const std::string& id);

}  // namespace plotwatch::pipeline::nightly
