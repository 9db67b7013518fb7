// A registered land parcel, and the register it comes from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch {

struct Plot {
  std::string code;  // unique in the register
  std::string name;
  std::string status;                          // a status code of the rules table: "listed", "survey_pending", …
  std::string unit;                            // responsible unit
  std::optional<Date> status_from, status_to;  // inclusive
  MultiPolygon geometry;                       // in the register's CRS
  long long row = 0;                           // feature id in the file
};

// Something a person should know about one row of a register; the scan goes on.
struct PlotFinding {
  enum class Severity { note, warning };
  Severity severity = Severity::warning;
  long long row = 0;    // feature id in the file
  std::string code;     // plot code, empty when missing
  std::string problem;  // "self-intersection at (x, y), repaired"
};

struct PlotRegister {
  std::string source;
  Crs crs;
  std::vector<Plot> plots;  // in the order of the file
  std::vector<PlotFinding> findings;
};

}  // namespace plotwatch
