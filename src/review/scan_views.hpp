// Where the pictures of a scan lie, and what a viewer must know to lay them on a map.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "report/map_projection.hpp"
#include "review/case_board.hpp"
#include "review/json.hpp"

namespace plotwatch::review {

// Files of a scan's folder that may be read from outside; a chip is named by four or more digits and ".png".
bool is_scan_file(std::string_view name);
bool is_chip(std::string_view name);

// A file of a scan as it lies on disk: a plain file inside the scan's folder, links resolved. Empty otherwise.
std::optional<std::filesystem::path> scan_path(const Board& board, const std::string& scan, const std::string& name);

class ScanViews {
 public:
  // The pictures of all dates of a case, by date: both sides of each scan that saw its ground, each scene once.
  Json of_case(const Board& board, const std::vector<Sighting>& sightings, const std::vector<CaseLook>& looks);
  Json chip_url(const Board& board, const Sighting& sighting, const std::string& case_id);  // null: no picture

 private:
  std::optional<report::MapProjection> projection(const Board& board, const std::string& scan);
  std::mutex mutex_;
  std::map<std::string, std::optional<report::MapProjection>> projections_;  // by scan
};

}  // namespace plotwatch::review
