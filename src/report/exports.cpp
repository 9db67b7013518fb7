#include "report/exports.hpp"

#include <array>
#include <functional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "report/number_format.hpp"

namespace plotwatch::report {
namespace {

struct Writer {
  ExportFormat format;
  const char *word, *file;
  std::string (*contents)(const ExportData&);
};

constexpr std::array<Writer, 6> writers{{{ExportFormat::kml, "kml", "candidates.kml", kml_text},
                                         {ExportFormat::gpx, "gpx", "candidates.gpx", gpx_text},
                                         {ExportFormat::xlsx, "xlsx", "candidates.xlsx", xlsx_bytes},
                                         {ExportFormat::csv, "csv", "candidates.csv", csv_export},
                                         {ExportFormat::patches, "patches", "patches.zip", patches_zip},
                                         {ExportFormat::sheets, "sheets", "sheets.html", sheets_html}}};

}  // namespace

std::vector<ExportFormat> parse_exports(const std::string& list) {
  std::array<bool, writers.size()> wanted{};
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    std::string word = list.substr(at, end - at);
    std::erase(word, ' ');
    at = end + 1;
    bool known = word.empty() || word == "all";
    for (std::size_t i = 0; i < writers.size(); ++i)
      if (word == "all" || word == writers[i].word) wanted[i] = known = true;
    if (!known)
      throw Error(ExitCode::config, fmt::format("\"{}\" is no format for export", word), "run.exports",
                  "Choose from kml, gpx, xlsx, csv, patches, sheets, or write all.");
  }
  std::vector<ExportFormat> formats;
  for (std::size_t i = 0; i < writers.size(); ++i)
    if (wanted[i]) formats.push_back(writers[i].format);
  return formats;
}

// To the decimals of candidates.gpkg, so that a folder exported later gives the same files.
ExportData export_data(const ScanResult& scan, const std::vector<std::vector<std::uint8_t>>& chips) {
  ExportData data{scan.grid.crs, scan.candidates, scan.plots, chips};
  data.chips.resize(data.candidates.size());
  const io::CoordinateTransform from_lonlat(io::lonlat_crs(), data.crs);
  for (Candidate& c : data.candidates) {
    c.representative_lonlat = {rounded(c.representative_lonlat.x, 7), rounded(c.representative_lonlat.y, 7)};
    c.representative = from_lonlat.apply(c.representative_lonlat);
    c.area_m2 = rounded(c.area_m2, 1);
    c.confidence = rounded(c.confidence, 4);
    c.outline.compactness = rounded(c.outline.compactness, 4);
    c.outline.elongation = rounded(c.outline.elongation, 3);
    c.outline.inside_share = rounded(c.outline.inside_share, 4);
    if (c.outline.boundary_m) c.outline.boundary_m = rounded(*c.outline.boundary_m, 1);
    for (GroundSeen* ground : {&c.before, &c.after})
      for (std::optional<double>& index : ground->index)
        if (index) index = rounded(*index, 4);
  }
  for (PlotResult& p : data.plots) {
    PlotObservation& o = p.observation;
    for (double* share : {&o.clear_share, &o.before_clear_share, &o.after_clear_share}) *share = rounded(*share, 4);
    for (auto* shares : {&o.before_cover, &o.after_cover})
      for (double& share : *shares) share = rounded(share, 4);
  }
  return data;
}

void remove_exports(const std::filesystem::path& folder) {
  std::error_code error;
  for (const Writer& w : writers) {
    std::filesystem::remove(folder / w.file, error);
    if (error)
      throw Error(ExitCode::output, "cannot be replaced: " + error.message(), (folder / w.file).string(),
                  "Check the permissions of the output folder.");
  }
}

std::vector<std::string> write_exports(const std::filesystem::path& folder, ExportData data,
                                       const std::vector<ExportFormat>& formats, const std::optional<int>& budget) {
  if (budget && *budget >= 0 && static_cast<std::size_t>(*budget) < data.candidates.size()) {
    data.candidates.resize(static_cast<std::size_t>(*budget));
    data.chips.resize(data.candidates.size());
  }
  std::vector<std::string> names;
  for (const ExportFormat format : formats)
    for (const Writer& w : writers)
      if (w.format == format) {
        io::write_file(folder / w.file, w.contents(data));
        names.push_back(w.file);
      }
  return names;
}

}  // namespace plotwatch::report
