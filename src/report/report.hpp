// Results for people: GeoPackage, GeoJSON, chips, HTML.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/scan.hpp"

namespace plotwatch::report {

struct ReportOptions {
  std::string language = "zh+en";            // headings in both; "zh" or "en": that one alone
  int chip_max_px = 420;                     // side of one date's picture in a chip, screen pixels
  int max_rows = 2000;                       // of the ranked list; the budget's visits are listed in any case
  std::optional<int> budget = std::nullopt;  // visits: the ranked list marks where the first N end
};

// candidates.gpkg: layers `candidates` and `plots`, each with a QGIS style.
// candidates.geojson: the candidates again, for the web. Both are written at once, from one copy of the outlines.
void write_layers(const std::filesystem::path& geopackage, const std::filesystem::path& geojson,
                  const ScanResult& scan);

// before | after side by side, enlarged by a whole factor, outline of the candidate in both, scale bar, dates, north
// up. PNG bytes. Pure: may run for many candidates at once.
std::vector<std::uint8_t> draw_chip(const Candidate& candidate, const ScanResult& scan, const ChipImage& image,
                                    const ReportOptions& options);

// One self-contained page: `chips[i]` are the PNG bytes of candidate i (empty: none). Without any chip `chips` may be
// empty itself. Candidates with a chip get a card; the ranked list has the
// first `max_rows`, and says how many more there are.
void write_html(const std::filesystem::path& path, const ScanResult& scan,
                const std::vector<std::vector<std::uint8_t>>& chips, const ReportOptions& options);

}  // namespace plotwatch::report
