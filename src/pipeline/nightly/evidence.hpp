// The folder of one scan in the archive: everything that it takes to make the same scan again.
//
//   scans/ID/scan.toml          every option, as `plotwatch scan` reads it
//           inputs/plots.gpkg   the plots that were compared, as they held on the after scene's day
//           inputs/rules.toml   the rules that judged
//           manifest.json, candidates.gpkg, score.tif, …    what a scan writes
#pragma once

#include <functional>
#include <string>

#include "pipeline/nightly/context.hpp"
#include "pipeline/nightly/scenes.hpp"

namespace plotwatch::pipeline::nightly {

struct PreparedScan {
  std::string id;  // of scenes' contents, plots, rules and options
  ScanOptions options;
};

// Writes the inputs and gives the options of the scan; the same pair of the same contents has the same id.
PreparedScan prepare_scan(const Night& night, const ReadyScene& before, const ReadyScene& after,
                          const std::vector<std::string>& plot_codes);

// How much of some ground (in `crs`) the scan could see on both dates, [0, 1]: from score.tif. Ground outside counts
// as not seen.
std::function<double(const MultiPolygon&)> clear_share_of(const std::string& scan_folder, const Grid& grid,
                                                          const Crs& crs);

}  // namespace plotwatch::pipeline::nightly
