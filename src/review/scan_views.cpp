#include "review/scan_views.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/log.hpp"

namespace plotwatch::review {
namespace {

constexpr std::array<std::string_view, 5> scan_files{"before.tif", "after.tif", "score.tif", "transition.tif",
                                                     "report.html"};

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.')
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::string file_url(const std::string& scan, const std::string& name) {
  return "/api/scans/" + escaped(scan) + "/files/" + name;
}

std::string chip_name(int rank) { return fmt::format("{:04}.png", rank); }

}  // namespace

bool is_scan_file(std::string_view name) {
  return std::find(scan_files.begin(), scan_files.end(), name) != scan_files.end();
}

bool is_chip(std::string_view name) {
  if (name.size() < 8 || name.size() > 12 || !name.ends_with(".png")) return false;
  name.remove_suffix(4);
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::filesystem::path> scan_path(const Board& board, const std::string& scan, const std::string& name) {
  const auto found = board.scans.find(scan);
  if (found == board.scans.end()) return std::nullopt;
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::canonical(found->second.folder, error);
  if (error) return std::nullopt;
  const std::filesystem::path file = std::filesystem::canonical(folder / name, error);
  if (error || !std::filesystem::is_regular_file(file, error)) return std::nullopt;
  const auto inside = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  if (inside.first != folder.end()) return std::nullopt;
  return file;
}

std::optional<report::MapProjection> ScanViews::projection(const Board& board, const std::string& scan) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = projections_.find(scan);
    if (found != projections_.end()) return found->second;
  }
  std::optional<report::MapProjection> out;
  try {
    if (const auto file = scan_path(board, scan, "score.tif")) out = report::raster_projection(file->string());
  } catch (const Error& e) {
    log::warning("{}", e.what());
  }
  const std::lock_guard lock(mutex_);
  projections_[scan] = out;
  return out;
}

Json ScanViews::of_case(const Board& board, const std::vector<Sighting>& sightings,
                        const std::vector<CaseLook>& looks) {
  std::map<std::string, const CaseLook*> look_of;
  std::set<std::string> ids;
  for (const Sighting& s : sightings) ids.insert(s.scan_id);
  for (const CaseLook& look : looks) {
    ids.insert(look.scan_id);
    look_of[look.scan_id] = &look;
  }
  std::vector<const ScanRecord*> scans;
  for (const std::string& id : ids)
    if (const auto found = board.scans.find(id); found != board.scans.end()) scans.push_back(&found->second);
  std::sort(scans.begin(), scans.end(), [](const ScanRecord* a, const ScanRecord* b) {
    return std::tie(a->after_date, a->before_date, a->id) < std::tie(b->after_date, b->before_date, b->id);
  });
  std::map<std::pair<std::string, std::string>, Json> by_date;  // (date, scene): as the after scene, where it was one
  const auto add = [&](const ScanRecord& scan, bool after) {
    const std::string file = after ? "after.tif" : "before.tif";
    const auto projected = projection(board, scan.id);
    if (!projected || !scan_path(board, scan.id, file)) return;
    const Date date = after ? scan.after_date : scan.before_date;
    const std::string& scene = after ? scan.after_scene : scan.before_scene;
    Json& view = by_date[{date.iso(), scene}];
    if (!view.is_null() && !after) return;
    const auto look = look_of.find(scan.id);
    const bool looked = look != look_of.end();
    view = {{"date", date.iso()},
            {"scene", scene},
            {"scan_id", scan.id},
            {"side", after ? "after" : "before"},
            {"image", file_url(scan.id, file)},
            {"score", scan_path(board, scan.id, "score.tif") ? Json(file_url(scan.id, "score.tif")) : Json()},
            {"crs_epsg", projected->epsg ? Json(*projected->epsg) : Json()},
            {"proj4", projected->proj4},
            {"clear_share", looked ? Json(look->second->clear_share) : Json()},
            {"seen", looked && after ? Json(look->second->seen) : Json()}};
  };
  for (const ScanRecord* scan : scans) add(*scan, false), add(*scan, true);
  Json out = Json::array();
  for (auto& [key, view] : by_date) out.push_back(std::move(view));
  return out;
}

Json ScanViews::chip_url(const Board& board, const Sighting& sighting, const std::string& case_id) {
  const std::string name = chip_name(sighting.candidate.rank);
  if (sighting.candidate.rank < 1 || !scan_path(board, sighting.scan_id, "chips/" + name)) return nullptr;
  // The case tells who may see it: a unit sees chips of its own cases alone.
  return file_url(sighting.scan_id, "chips/" + name) + "?case=" + escaped(case_id);
}

}  // namespace plotwatch::review
