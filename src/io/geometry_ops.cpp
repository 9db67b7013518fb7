#include "io/geometry_ops.hpp"

#include <memory>

#include <ogr_geometry.h>

#include "core/error.hpp"
#include "io/gdal_dataset.hpp"
#include "io/ogr_geometry.hpp"

namespace plotwatch::io {
namespace {

using Geometry = std::unique_ptr<OGRGeometry>;
using Overlay = OGRGeometry* (OGRGeometry::*)(const OGRGeometry*) const;

Geometry repaired(const OGRGeometry& geometry) {
  static const char* const options[] = {"METHOD=STRUCTURE", nullptr};
  return Geometry(geometry.MakeValid(options));
}

MultiPolygon overlay(const MultiPolygon& a, const MultiPolygon& b, Overlay operation, const char* name) {
  GdalMessages messages;
  const auto left = to_ogr(a), right = to_ogr(b);
  Geometry result(((*left).*operation)(right.get()));
  if (!result) {  // GEOS refuses some invalid input only
    const Geometry valid_left = repaired(*left), valid_right = repaired(*right);
    if (valid_left && valid_right) result.reset(((*valid_left).*operation)(valid_right.get()));
  }
  if (!result)
    throw Error(ExitCode::internal, std::string(name) + " of polygons failed: " + messages.text(), "",
                "Please report this with the input.");
  return from_ogr(*result);
}

double between(const OGRGeometry& a, const OGRGeometry& b) {
  GdalMessages messages;
  const double d = a.Distance(&b);
  if (d < 0)
    throw Error(ExitCode::internal, "distance of geometries failed: " + messages.text(), "",
                "Please report this with the input.");
  return d;
}

}  // namespace

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b) {
  if (a.empty() || b.empty() || !bounds(a).intersects(bounds(b))) return {};
  return overlay(a, b, &OGRGeometry::Intersection, "intersection");
}

MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b) {
  if (a.empty() || b.empty() || !bounds(a).intersects(bounds(b))) return a;
  return overlay(a, b, &OGRGeometry::Difference, "difference");
}

MultiPolygon unite(const MultiPolygon& a, const MultiPolygon& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return overlay(a, b, &OGRGeometry::Union, "union");
}

bool intersects(const MultiPolygon& a, const MultiPolygon& b) {
  if (a.empty() || b.empty() || !bounds(a).intersects(bounds(b))) return false;
  GdalMessages messages;
  return to_ogr(a)->Intersects(to_ogr(b).get()) != 0;
}

MultiPolygon buffer(const MultiPolygon& a, double distance) {
  if (a.empty()) return {};
  constexpr int segments_a_quarter_circle = 16;
  GdalMessages messages;
  const Geometry result(to_ogr(a)->Buffer(distance, segments_a_quarter_circle));
  if (!result)
    throw Error(ExitCode::internal, "buffer of polygons failed: " + messages.text(), "",
                "Please report this with the input.");
  return from_ogr(*result);
}

double distance(const MultiPolygon& a, const MultiPolygon& b) { return between(*to_ogr(a), *to_ogr(b)); }

double distance(const MultiPolygon& a, const std::vector<std::vector<Point>>& paths) {
  OGRGeometryCollection all;
  for (const std::vector<Point>& path : paths) {
    if (path.size() == 1) {
      all.addGeometryDirectly(new OGRPoint(path[0].x, path[0].y));
      continue;
    }
    auto line = std::make_unique<OGRLineString>();
    for (const Point p : path) line->addPoint(p.x, p.y);
    all.addGeometryDirectly(line.release());
  }
  return between(*to_ogr(a), all);
}

double boundary_distance(const MultiPolygon& a, const MultiPolygon& b) {
  const Geometry of_a(to_ogr(a)->Boundary()), of_b(to_ogr(b)->Boundary());
  return between(*of_a, *of_b);
}

CleanPolygons clean_polygons(const MultiPolygon& a) {
  const auto source = to_ogr(a);
  CleanGeometry result = clean(source.get());
  return {std::move(result.polygons), std::move(result.problem), result.repaired};
}

bool is_valid(const MultiPolygon& a) {
  GdalMessages messages;
  return to_ogr(a)->IsValid() != 0;
}

Point point_on_surface(const MultiPolygon& a) {
  GdalMessages messages;
  OGRPoint point(0, 0);  // OGR refuses to fill an empty one
  if (a.empty() || to_ogr(a)->PointOnSurface(&point) != OGRERR_NONE || point.IsEmpty())
    throw Error(ExitCode::internal, "no point on a polygon found: " + messages.text(), "",
                "Please report this with the input.");
  return {point.getX(), point.getY()};
}

}  // namespace plotwatch::io
