// Files for the people who go and look: each format one writer, all from the same data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/scan.hpp"

namespace plotwatch::report {

enum class ExportFormat { kml, gpx, xlsx, csv, patches, sheets };

// "kml,xlsx" -> formats, each once, in the order of the enum; "all" for all. Throws Error(config) for other words.
std::vector<ExportFormat> parse_exports(const std::string& list);

// What a finished scan's folder tells as well as the scan itself.
struct ExportData {
  Crs crs;                                       // of all geometry
  std::vector<Candidate> candidates;             // by rank
  std::vector<PlotResult> plots;                 // with their observations
  std::vector<std::vector<std::uint8_t>> chips;  // PNG, parallel to candidates; empty: no picture
};

ExportData export_data(const ScanResult& scan, const std::vector<std::vector<std::uint8_t>>& chips);

// From candidates.gpkg and chips/ of a finished scan: gives the same files as the scan itself did. Throws Error(input).
ExportData read_export_data(const std::filesystem::path& folder);

// Writes into the folder and gives back the names: candidates.kml, .gpx, .xlsx, .csv, patches.zip, sheets.html.
// `budget`: the first N candidates alone. The same data give the same bytes. Throws Error(output).
std::vector<std::string> write_exports(const std::filesystem::path& folder, ExportData data,
                                       const std::vector<ExportFormat>& formats, const std::optional<int>& budget);

// Takes every file that write_exports may have written out of the folder, so that none of an earlier scan stays behind.
void remove_exports(const std::filesystem::path& folder);

// The writers: file contents, pure.
std::string kml_text(const ExportData& data);
std::string gpx_text(const ExportData& data);
std::string csv_export(const ExportData& data);
std::string xlsx_bytes(const ExportData& data);
std::string patches_zip(const ExportData& data);  // the change-patch table (图斑) as a Shapefile in an archive
std::string sheets_html(const ExportData& data);  // one A4 page a candidate, to be printed

}  // namespace plotwatch::report
