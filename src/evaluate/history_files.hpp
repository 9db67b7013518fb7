// Reading what history_figures() compares.
#pragma once

#include <string>
#include <vector>

#include "evaluate/history.hpp"

namespace plotwatch::evaluate {

// The folder that `plotwatch simulate season` wrote. Throws Error(input).
HistoryTruth read_history_truth(const std::string& folder);

// CSV with plot_code, date and, as views.csv has it, clear_share: rows below `clear_share` are no clear views.
std::vector<ClearView> read_clear_views(const std::string& path, double clear_share);

// A layer `cases` (or the only one) of a GeoPackage or another vector file, or a CSV without geometry: plot_code,
// first_seen, and where there are such columns case_id or id, confirmed or confirmed_on, tier, merged_into. Rows with
// merged_into are left out: they go on as another case. Geometry is brought to `crs`. Throws Error(input) with the row.
std::vector<HistoryCase> read_cases(const std::string& path, const Crs& crs);

}  // namespace plotwatch::evaluate
