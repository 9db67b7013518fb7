// What a scan left in its folder, as far as it is held against truth.
#pragma once

#include <string>
#include <vector>

#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch::evaluate {

struct ScannedPlot {
  std::string code;
  bool observable = false;
  MultiPolygon geometry;
};

struct ScannedCandidate {
  long long rank = 0;
  std::string plot_code;  // empty outside all plots
  MultiPolygon geometry;
};

struct ScanFolder {
  std::string score, transition;             // paths
  Crs crs;                                   // of plots and candidates
  std::vector<ScannedPlot> plots;            // as in the file
  std::vector<ScannedCandidate> candidates;  // by rank
};

// Throws Error(input) when the folder holds no finished scan.
ScanFolder read_scan(const std::string& folder);

}  // namespace plotwatch::evaluate
