// Which of two numbers is the northing, and in which zone of CGCS2000 they lie: by their size alone, as headers lie.
// Private to plots.
//
// China lies between 3° and 54° north and 73° and 136° east. A northing has 6 or 7 digits before the point (331 km to
// 5 990 km); an easting within a zone 6 (false easting 500 km); with the zone in front of it 8.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/geometry.hpp"
#include "plots/boundary_points.hpp"

namespace plotwatch::plots {

class AxisReader {
 public:
  AxisReader(std::optional<int> header_zone, int zone_width) : header_zone_(header_zone), zone_width_(zone_width) {}

  void look_at(double first, double second);

  // What keeps the places of a file from being in one system; empty when nothing does. After all were looked at.
  std::string conflict() const;
  BoundarySystem system() const;
  bool zone_differs_from_header() const;

  struct Place {
    Point point;  // x east, y north, in the file's system
    bool swapped = false;
  };
  std::optional<Place> place(double first, double second) const;  // empty: no place in China

 private:
  enum class Kind { none, degrees, zoned, plain };
  struct Meaning {
    Kind kind = Kind::none;
    int zone = 0;
    double north = 0, east = 0;  // the easting without its zone
    bool swapped = false;
  };
  static Meaning meaning(double first, double second);

  std::optional<int> header_zone_;
  int zone_width_;
  std::set<int> zones_;
  bool degrees_ = false, zoned_ = false, plain_ = false;
};

}  // namespace plotwatch::plots
