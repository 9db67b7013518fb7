#include "pipeline/nightly/archive.hpp"

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"

namespace plotwatch::pipeline::nightly {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;  // sorted keys: the same content, the same bytes

std::optional<Json> read_json(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  Json json = Json::parse(io::read_file(path), nullptr, false);
  return json.is_object() ? std::optional(std::move(json)) : std::nullopt;
}

Json to_json(const SceneLook& look, const std::string& key) {
  return {{"key", key},
          {"scene", look.id},
          {"date", look.date.iso()},
          {"sensor", look.sensor},
          {"orbit", look.orbit},
          {"clear", look.clear},
          {"plots_clear_share", look.plots_clear_share},
          {"median", look.median},
          {"content", look.content}};
}

Json to_json(const Choice& choice, const std::string& fingerprint) {
  Json json = {{"fingerprint", fingerprint}, {"not_clear", choice.not_clear}, {"no_reference", choice.no_reference}};
  json["pairs"] = Json::array();
  for (const ChosenPair& p : choice.pairs)
    json["pairs"].push_back({{"before", p.before}, {"after", p.after}, {"plots", p.plots}, {"reason", p.reason}});
  return json;
}

}  // namespace

Archive::Archive(fs::path root) : root_(std::move(root)) {}

fs::path Archive::item_file(const std::string& scene_id) const {
  return root_ / "items" / (file_name_for(scene_id) + ".json");
}

void Archive::prepare() const {
  for (const char* folder : {"scans", "plans", "looks", "items", "nights"}) {
    std::error_code error;
    fs::create_directories(root_ / folder, error);
    if (error)
      throw Error(ExitCode::output, "cannot be created: " + error.message(), (root_ / folder).string(),
                  "Check archive.path, its permissions and the space left.");
  }
}

std::optional<Choice> Archive::plan(const std::string& scene_id, const std::string& fingerprint) const {
  const auto json = read_json(root_ / "plans" / (file_name_for(scene_id) + ".json"));
  if (!json || json->value("fingerprint", "") != fingerprint) return std::nullopt;
  Choice choice;
  choice.not_clear = json->at("not_clear").get<std::vector<std::string>>();
  choice.no_reference = json->at("no_reference").get<std::vector<std::string>>();
  for (const Json& p : json->at("pairs"))
    choice.pairs.push_back(
        {p.at("before"), p.at("after"), p.at("plots").get<std::vector<std::string>>(), p.at("reason")});
  return choice;
}

void Archive::keep_plan(const std::string& scene_id, const std::string& fingerprint, const Choice& choice) const {
  io::write_file(root_ / "plans" / (file_name_for(scene_id) + ".json"), to_json(choice, fingerprint).dump(1) + "\n");
}

std::optional<SceneLook> Archive::look(const std::string& scene_id, const std::string& key) const {
  const auto json = read_json(root_ / "looks" / (file_name_for(scene_id) + ".json"));
  if (!json || json->value("key", "") != key) return std::nullopt;
  const auto date = parse_date(json->value("date", ""));
  if (!date) return std::nullopt;
  SceneLook look;
  look.id = scene_id;
  look.date = *date;
  look.sensor = json->at("sensor");
  look.orbit = json->at("orbit");
  look.clear = json->at("clear").get<std::map<std::string, float>>();
  look.plots_clear_share = json->at("plots_clear_share");
  look.median = json->at("median").get<std::map<std::string, double>>();
  look.content = json->at("content");
  return look;
}

void Archive::keep_look(const SceneLook& look, const std::string& key) const {
  io::write_file(root_ / "looks" / (file_name_for(look.id) + ".json"), to_json(look, key).dump(1) + "\n");
}

std::string file_name_for(const std::string& id) {
  std::string name;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    name += (byte < 0x80 && std::isalnum(byte)) || c == '.' || c == '-' || c == '_' ? c : '_';
  }
  if (name == id && !name.empty() && name.front() != '.' && name.size() <= 120) return name;
  return name.substr(0, 100) + "-" + sha256(id).substr(0, 12);
}

}  // namespace plotwatch::pipeline::nightly
