// Outlines of what stands or is dug on the ground, in any plane: (u, v) in metres, or pixels.
#pragma once

#include <functional>
#include <vector>

#include "core/geometry.hpp"
#include "simulate/random.hpp"

namespace plotwatch::simulate {

struct Rect {
  double u0 = 0, v0 = 0, u1 = 0, v1 = 0;
  bool contains(double u, double v) const { return u >= u0 && u < u1 && v >= v0 && v < v1; }
  double width() const { return u1 - u0; }
  double height() const { return v1 - v0; }
  double area() const { return width() * height(); }
  Rect inset(double by) const { return {u0 + by, v0 + by, u1 - by, v1 - by}; }
  Rect moved(double du, double dv) const { return {u0 + du, v0 + dv, u1 + du, v1 + dv}; }
};

// Rings here are open: the last point is not the first.
bool inside_ring(const std::vector<Point>& ring, double u, double v);  // even-odd rule
Rect bounds_of(const std::vector<Point>& ring);
std::vector<Point> ring_of(const Rect& rect);
double ring_area(const std::vector<Point>& ring);

// What is built fills the box with its corners; earthwork has a wavy edge inside it.
std::vector<Point> outline_in(const Rect& box, bool built, Dice& dice);

// The outline's edge lies inside, tried at its corners and 15 places between each two.
bool lies_in(const std::vector<Point>& outline, const std::function<bool(Point)>& inside);

}  // namespace plotwatch::simulate
