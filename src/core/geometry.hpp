// Plain planar geometry. Coordinates are map units (metres or degrees) with x east and y north, whatever the
// axis order of the CRS's definition.
#pragma once

#include <vector>

namespace plotwatch {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Box {
  double min_x = 0, min_y = 0, max_x = 0, max_y = 0;
  bool operator==(const Box&) const = default;

  double width() const { return max_x - min_x; }
  double height() const { return max_y - min_y; }
  bool empty() const { return !(max_x > min_x && max_y > min_y); }
  bool intersects(const Box& other) const;  // touching edges count
  Box intersection(const Box& other) const;
  Box expanded(double margin) const;
  void include(Point p);
};

using Ring = std::vector<Point>;  // closed: the last point repeats the first

struct Polygon {
  Ring outer;               // counter-clockwise
  std::vector<Ring> holes;  // clockwise
  bool operator==(const Polygon&) const = default;
};

using MultiPolygon = std::vector<Polygon>;

double signed_area(const Ring& ring);                  // shoelace; positive when counter-clockwise
double area(const MultiPolygon& polygons);             // outer minus holes, map units squared
Box bounds(const MultiPolygon& polygons);              // an empty Box for no points
bool contains(const MultiPolygon& polygons, Point p);  // even-odd rule over all rings

}  // namespace plotwatch
