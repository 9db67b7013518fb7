#include "io/ogr_geometry.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

#include <fmt/format.h>

#include "io/gdal_dataset.hpp"

namespace plotwatch::io {
namespace {

std::unique_ptr<OGRLinearRing> to_ogr_ring(const Ring& ring) {
  auto result = std::make_unique<OGRLinearRing>();
  result->setNumPoints(static_cast<int>(ring.size()), FALSE);
  for (std::size_t i = 0; i < ring.size(); ++i) result->setPoint(static_cast<int>(i), ring[i].x, ring[i].y);
  return result;
}

// Closed, without repeated points, in the wanted direction.
Ring from_ogr_ring(const OGRLinearRing& ring, bool counter_clockwise) {
  Ring points;
  points.reserve(static_cast<std::size_t>(ring.getNumPoints()) + 1);
  for (int i = 0; i < ring.getNumPoints(); ++i) {
    const Point p{ring.getX(i), ring.getY(i)};
    if (points.empty() || points.back() != p) points.push_back(p);
  }
  if (points.empty()) return points;
  if (points.front() != points.back()) points.push_back(points.front());
  if ((signed_area(points) > 0) != counter_clockwise) std::reverse(points.begin(), points.end());
  return points;
}

// Three corners and the first again. Shorter rings enclose nothing, and GEOS refuses the whole geometry for them.
constexpr std::size_t min_ring_points = 4;

void collect(const OGRGeometry& geometry, MultiPolygon& into) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon || type == wkbTriangle) {
    const OGRPolygon& source = *geometry.toPolygon();
    if (!source.getExteriorRing() || source.getExteriorRing()->getNumPoints() == 0) return;
    Polygon polygon;
    polygon.outer = from_ogr_ring(*source.getExteriorRing(), true);
    if (polygon.outer.size() < min_ring_points) return;
    for (int i = 0; i < source.getNumInteriorRings(); ++i) {
      Ring hole = from_ogr_ring(*source.getInteriorRing(i), false);
      if (hole.size() >= min_ring_points) polygon.holes.push_back(std::move(hole));
    }
    into.push_back(std::move(polygon));
  } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) collect(*part, into);
  }
}

void collect_paths(const OGRGeometry& geometry, std::vector<std::vector<Point>>& into) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPoint) {
    const OGRPoint& point = *geometry.toPoint();
    if (!point.IsEmpty()) into.push_back({{point.getX(), point.getY()}});
  } else if (type == wkbLineString) {
    std::vector<Point> path;
    for (const OGRPoint& p : *geometry.toLineString()) path.push_back({p.getX(), p.getY()});
    if (!path.empty()) into.push_back(std::move(path));
  } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) collect_paths(*part, into);
  }
}

bool all_finite(const MultiPolygon& polygons) {
  const auto finite = [](const Ring& ring) {
    return std::all_of(ring.begin(), ring.end(), [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
  };
  return std::all_of(polygons.begin(), polygons.end(), [&](const Polygon& p) {
    return finite(p.outer) && std::all_of(p.holes.begin(), p.holes.end(), finite);
  });
}

// GEOS says "Self-intersection at or near point 2 1 2"; the third number is no coordinate.
std::string readable_reason(std::string reason) {
  reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  static const std::string near = " at or near point ";
  const std::size_t at = reason.find(near);
  if (at == std::string::npos) return reason;
  std::istringstream numbers(reason.substr(at + near.size()));
  double x = 0, y = 0;
  if (!(numbers >> x >> y)) return reason;
  return fmt::format("{} at ({}, {})", reason.substr(0, at), x, y);
}

// Polygons, and whether there are other parts beside them.
bool has_other_parts(const OGRGeometry& geometry) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection())
      if (has_other_parts(*part)) return true;
    return false;
  }
  return type != wkbPolygon && type != wkbTriangle;
}

}  // namespace

std::unique_ptr<OGRMultiPolygon> to_ogr(const MultiPolygon& polygons) {
  auto result = std::make_unique<OGRMultiPolygon>();
  for (const Polygon& polygon : polygons) {
    auto part = std::make_unique<OGRPolygon>();
    part->addRingDirectly(to_ogr_ring(polygon.outer).release());
    for (const Ring& hole : polygon.holes) part->addRingDirectly(to_ogr_ring(hole).release());
    result->addGeometryDirectly(part.release());
  }
  return result;
}

std::vector<std::vector<Point>> paths_of(const OGRGeometry& geometry) {
  const std::unique_ptr<OGRGeometry> linear(geometry.hasCurveGeometry() ? geometry.getLinearGeometry()
                                                                        : geometry.clone());
  std::vector<std::vector<Point>> paths;
  collect_paths(*linear, paths);
  std::erase_if(paths, [](const std::vector<Point>& path) {
    return !std::all_of(path.begin(), path.end(), [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
  });
  return paths;
}

MultiPolygon from_ogr(const OGRGeometry& geometry) {
  MultiPolygon polygons;
  collect(geometry, polygons);
  return polygons;
}

CleanGeometry clean(const OGRGeometry* geometry) {
  if (!geometry) return {{}, "geometry is missing", false};
  if (geometry->IsEmpty()) return {{}, "geometry is empty", false};
  // Arcs become chords of at most 4 degrees, OGR's default.
  const std::unique_ptr<OGRGeometry> linear(geometry->hasCurveGeometry() ? geometry->getLinearGeometry()
                                                                         : geometry->clone());
  linear->flattenTo2D();
  linear->closeRings();

  CleanGeometry result;
  result.polygons = from_ogr(*linear);
  if (result.polygons.empty() && !has_other_parts(*linear)) return {{}, "geometry has no area", false};
  if (result.polygons.empty())
    return {{}, fmt::format("geometry is not a polygon but a {}", geometry->getGeometryName()), false};
  if (!all_finite(result.polygons)) return {{}, "geometry has coordinates that are not numbers", false};
  if (has_other_parts(*linear)) {
    result.problem = "parts that are no polygons left out";
    result.repaired = true;
  }

  const std::unique_ptr<OGRMultiPolygon> polygons = to_ogr(result.polygons);
  GdalMessages messages;
  if (polygons->IsValid()) return result;
  result.problem = readable_reason(messages.text());
  result.repaired = true;
  // By structure: parts that overlap are united, holes taken out. By line work an overlap would become a hole.
  static const char* const options[] = {"METHOD=STRUCTURE", nullptr};
  const std::unique_ptr<OGRGeometry> valid(polygons->MakeValid(options));
  result.polygons = valid ? from_ogr(*valid) : MultiPolygon{};
  if (area(result.polygons) > 0) return result;
  return {{}, "geometry has no area: " + result.problem, false};
}

}  // namespace plotwatch::io
