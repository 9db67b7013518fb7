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
  long long row = 0;                           // feature id in the file; of text files the line
  // What else registers say, where they say it.
  std::string use = {}, land_class = {}, map_sheet = {};
  std::string district_code = {}, district_name = {};  // 行政区代码, 行政区名称
  std::optional<double> stated_area_m2 = {};
  std::optional<Point> stated_lonlat = {};               // the place that the plot is registered at; degrees
  std::optional<Date> due = {};                          // what was promised for the plot is due on this day
  std::optional<Date> listed_from = {}, listed_to = {};  // inclusive: days on which this row is in the register
  std::vector<std::string> other = {};                   // parallel to PlotRegister::other_fields
};

// Something a person should know about one row of a register; the scan goes on.
struct PlotFinding {
  enum class Severity { note, warning };
  Severity severity = Severity::warning;
  long long row = 0;      // feature id in the file
  std::string code;       // plot code, empty when missing
  std::string problem;    // "self-intersection at (x, y), repaired"
  std::string kind = {};  // what kind of problem, for programs: "geometry", "overlap", "area", …
  std::string fix = {};   // what to do about it; may be empty
};

struct PlotRegister {
  std::string source;
  Crs crs;
  std::vector<Plot> plots;  // in the order of the file
  std::vector<PlotFinding> findings;
  std::vector<std::string> other_fields = {};  // columns that plotwatch has no meaning for; kept
};

}  // namespace plotwatch
