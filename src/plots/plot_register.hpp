// Reading and checking a register of plots.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "model/plot.hpp"

namespace plotwatch::plots {

struct RegisterRequest {
  // By its ending: .txt boundary points, .zip boundary upload; else GeoPackage, Shapefile, GeoJSON, KML, KMZ.
  std::string path;
  std::optional<std::string> layer;
  // Which column holds what; the default finds the usual English and Chinese names (code, DKDM, DKBM, 地块代码, …).
  std::optional<std::string> code_field, name_field, status_field, unit_field, status_from_field, status_to_field;
  std::map<std::string, std::string> status_names;  // a register's own words -> our status codes
  std::optional<std::string> default_status;        // where a register has no status column
  // The register as of this day: rows of other days are passed over, and a plot whose status begins later or has ended
  // keeps its place without a status. Without a day: the latest row of each code.
  std::optional<Date> as_of = {};
  std::optional<std::string> table = {}, sheet = {};  // CSV or XLSX whose columns are joined to the plots by their code
  std::optional<std::string> crs = {};                // of boundary points that do not tell their zone: "EPSG:4548"
};

// Reports row by row, in PlotRegister::findings: duplicate codes (the later gets a suffix "#2"), missing codes (named
// by row), empty geometry (left out), repaired geometry, unreadable dates, unknown status, everything that was odd in a
// text file. Rows of one code whose days do not meet are the history of one plot, not duplicates.
// Throws Error(input) when nothing usable is left or a named column is not there.
PlotRegister read_register(const RegisterRequest& request);

// Every row, whatever its days, under its code as stated: of registers that keep their history.
PlotRegister read_all_rows(const RegisterRequest& request);

// Adds a finding for each plot that does not touch `coverage` (in the register's CRS).
void report_outside(PlotRegister& plots, const MultiPolygon& coverage);

// Pixels of `window` (grid pixels) whose centres lie in the plot, as runs sorted by (y, x0). `geometry` is in the
// grid's CRS. A plot that holds no centre but has area is given the pixel under its representative point.
std::vector<PixelRun> rasterise(const MultiPolygon& geometry, const Grid& grid, const PixelWindow& window);

}  // namespace plotwatch::plots
