// Layers beside the register: permits and remediation plans, things that rules measure distances to, earlier scans.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/permit.hpp"

namespace plotwatch::plots {

// Polygons with columns kind (类型), name (文号, 方案名称), plot_code (地块代码), from and to (开始日期, 截止日期),
// allows (允许): transitions with ; between them ("*->bare; built->bare"), or 建设, 开挖, 堆土, 拆除. Kinds 许可 and
// 修复方案 are "permit" and "remediation_plan". Throws Error(input): no kind, an unreadable date or transition; a
// document that cannot be understood must not lower anything.
PermitLayer read_permits(const std::string& path);

// Polygons, lines (roads, rivers) and points (wells), each of a kind.
struct KindLayer {
  struct Thing {
    std::string kind;
    MultiPolygon polygons;
    std::vector<std::vector<Point>> paths;  // lines; of one point: a point
  };
  std::string source;
  Crs crs;
  std::vector<Thing> things;
};

// Every layer of the file, each with a column kind (类型). Throws Error(input): no such column, a row without geometry
// or without a kind.
std::vector<KindLayer> read_kinds(const std::string& path);

// By plot code, from the layer `plots` of an earlier scan's candidates.gpkg.
std::map<std::string, Date> read_last_clear(const std::string& path);

}  // namespace plotwatch::plots
