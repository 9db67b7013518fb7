#include "pipeline/nightly/replay.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "config/config.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "pipeline/scan.hpp"

namespace plotwatch::pipeline::nightly {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;
using Hashes = std::map<std::string, std::string>;

Hashes hashes_in(const Json& manifest, const char* list) {
  Hashes hashes;
  for (const Json& file : manifest.value(list, Json::array()))
    hashes[file.value("file", "")] = file.value("sha256", "");
  return hashes;
}

std::optional<std::string> hash_of(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error) ? std::optional(sha256_file(file)) : std::nullopt;
}

class Replay {
 public:
  Replay(const ScanRecord& scan, const fs::path& work, const Hooks& hooks)
      : scan_(scan), folder_(scan.folder), work_(work), hooks_(hooks) {
    result_.scan_id = scan.id;
    result_.folder = scan.folder;
  }

  ReplayedScan run() {
    const auto kept = hash_of(folder_ / "manifest.json");
    if (!kept) {
      differs("manifest.json", "is not in the archive");
      return result_;
    }
    if (*kept != scan_.manifest_sha256) differs("manifest.json", "is not the one that the ledger recorded");
    const Json manifest = Json::parse(io::read_file(folder_ / "manifest.json"), nullptr, false);
    if (!manifest.is_object()) {
      differs("manifest.json", "cannot be read");
      return result_;
    }
    const Hashes outputs = hashes_in(manifest, "outputs");
    for (const auto& [file, hash] : outputs) compare(folder_ / file, file, hash, "the file in the archive");
    bool inputs_hold = true;
    for (const auto& [file, hash] : hashes_in(manifest, "inputs"))
      inputs_hold = compare(file, "input " + file, hash, "the file") && inputs_hold;
    if (inputs_hold) make_anew(outputs);
    return result_;
  }

 private:
  void differs(const std::string& file, const std::string& how) { result_.differing.push_back(file + ": " + how); }

  bool compare(const fs::path& path, const std::string& file, const std::string& hash, const char* what) {
    const auto found = hash_of(path);
    if (found == hash) return true;
    differs(file, fmt::format("{} {}", what, found ? "differs from the manifest" : "is not there"));
    return false;
  }

  void make_anew(const Hashes& outputs) {
    config::LoadedOptions loaded =
        config::load((folder_ / "scan.toml").string(), {{"run.out", work_.string(), "replay"}});
    fs::remove_all(work_);
    scan(loaded.options, hooks_);
    for (const auto& [file, hash] : outputs) {
      ++result_.files;
      compare(work_ / file, file, hash, "made anew, it");
    }
    if (hash_of(work_ / "manifest.json") != scan_.manifest_sha256)
      differs("manifest.json", "made anew, it differs from the recorded one");
    fs::remove_all(work_);
  }

  const ScanRecord& scan_;
  fs::path folder_, work_;
  const Hooks& hooks_;
  ReplayedScan result_;
};

}  // namespace

std::vector<std::string> scans_behind(const ledger::Ledger& ledger, const std::string& id) {
  if (ledger.find_scan(id)) return {id};
  if (const std::string scan = id.substr(0, id.find('/')); ledger.find_scan(scan)) return {scan};
  std::vector<std::string> scans;
  if (ledger.find_case(id))
    for (const Sighting& s : ledger.sightings(id))
      if (std::find(scans.begin(), scans.end(), s.scan_id) == scans.end()) scans.push_back(s.scan_id);
  if (scans.empty())
    throw Error(ExitCode::input, "the ledger knows no case, candidate or scan of this id", id,
                "plotwatch ledger list shows the ids of cases; a candidate's is SCAN/CANDIDATE.");
  return scans;
}

ReplayedScan replay(const ledger::Ledger& ledger, const std::string& scan_id, const fs::path& work,
                    const Hooks& hooks) {
  const auto scan = ledger.find_scan(scan_id);
  if (!scan)
    throw Error(ExitCode::input, "the ledger knows no scan of this id", scan_id, "Give the id of a case or scan.");
  return Replay(*scan, work, hooks).run();
}

}  // namespace plotwatch::pipeline::nightly
