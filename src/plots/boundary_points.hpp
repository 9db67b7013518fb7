// Boundary-point text (界址点坐标), the format in which Chinese survey units hand in plots: a header [属性描述], then
// [地块坐标] with a line a plot and a line a point.
//
//   10,0.2300,DX-001,示例地块,面,,工业,,@      points, hectares, code, name, shape, map sheet, use, land class, @
//   J1,1,4399700.000,39443400.000              name, ring, X = north, Y = east
//
// Provinces and programs write it differently. What is borne, each with a note: wrong point counts, rings that are not
// closed, points without name or ring, areas with a unit, full-width characters, swapped axes, eastings without zone,
// no header, and ring numbers that do not tell rings apart: what is hole and what is not follows from containment. What
// cannot be understood is left out and said so, with its line. Coordinates of Xi'an 1980 or Beijing 1954 are refused:
// they lie off by up to 150 m, and no shift that holds everywhere exists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/geometry.hpp"

namespace plotwatch::plots {

struct TextProblem {
  int line = 0;      // from 1
  std::string code;  // of the plot, where one is meant
  std::string problem, fix;
  bool lost = false;  // something was left out
};

struct BoundaryParcel {
  int line = 0;  // of the plot line
  std::string code, name, sheet, use, land_class;
  std::optional<double> stated_area_m2;
  MultiPolygon polygons;  // x east, y north, as read: holes by containment; not checked for crossing edges
};

// How the numbers of a file are to be taken. One system a file.
struct BoundarySystem {
  bool degrees = false;     // longitude and latitude instead of metres
  std::optional<int> zone;  // Gauss-Krueger: 25 to 45 (3 degrees) or 13 to 23 (6 degrees)
  int zone_width = 3;       // degrees
  bool zone_in_easting = false;
  std::optional<int> epsg() const;  // 4513…4554, 4491…4512, 4490; empty when the zone is not known
};

struct BoundaryPointFile {
  std::vector<std::pair<std::string, std::string>> header;  // in the order of the file
  BoundarySystem system;
  std::vector<BoundaryParcel> parcels;
  std::vector<TextProblem> problems;   // by line
  std::optional<TextProblem> refusal;  // the whole file cannot be taken; parcels are then empty
};

// Pure. `text` is UTF-8. Never throws, whatever the text.
BoundaryPointFile parse_boundary_points(std::string_view text);

struct BoundaryText {
  std::string producer, date;  // 数据产生单位, 数据产生日期
  BoundarySystem system;
  std::vector<BoundaryParcel> parcels;
};

// Lines end in CRLF, coordinates have three decimals. Rings are closed and numbered through each plot, outer first.
std::string format_boundary_points(const BoundaryText& text);

}  // namespace plotwatch::plots
