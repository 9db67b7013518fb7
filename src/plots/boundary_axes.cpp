#include "plots/boundary_axes.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace plotwatch::plots {
namespace {

constexpr double zone_step = 1e6;

bool is_northing(double v) { return v >= 3.0e5 && v <= 6.1e6; }
bool is_easting(double v) { return v >= 1.0e5 && v <= 9.0e5; }  // in a zone of 3 or 6 degrees
bool is_latitude(double v) { return v >= 3 && v <= 54; }
bool is_longitude(double v) { return v >= 73 && v <= 136; }

bool is_zone(int zone) { return (zone >= 25 && zone <= 45) || (zone >= 13 && zone <= 23); }

// The zone that stands in front of an easting; 0 when there is none.
int zone_of(double v) {
  if (!(v >= 13 * zone_step && v < 46 * zone_step)) return 0;
  const int zone = static_cast<int>(v / zone_step);
  return is_zone(zone) && is_easting(v - zone * zone_step) ? zone : 0;
}

}  // namespace

AxisReader::Meaning AxisReader::meaning(double first, double second) {
  if (const int zone = zone_of(second); zone && is_northing(first))
    return {Kind::zoned, zone, first, second - zone * zone_step, false};
  if (const int zone = zone_of(first); zone && is_northing(second))
    return {Kind::zoned, zone, second, first - zone * zone_step, true};
  // South of 9° north both orders are possible; X first is the rule.
  if (is_northing(first) && is_easting(second)) return {Kind::plain, 0, first, second, false};
  if (is_northing(second) && is_easting(first)) return {Kind::plain, 0, second, first, true};
  if (is_latitude(first) && is_longitude(second)) return {Kind::degrees, 0, first, second, false};
  if (is_latitude(second) && is_longitude(first)) return {Kind::degrees, 0, second, first, false};
  return {};
}

void AxisReader::look_at(double first, double second) {
  const Meaning m = meaning(first, second);
  degrees_ = degrees_ || m.kind == Kind::degrees;
  plain_ = plain_ || m.kind == Kind::plain;
  zoned_ = zoned_ || m.kind == Kind::zoned;
  if (m.kind == Kind::zoned) zones_.insert(m.zone);
}

std::string AxisReader::conflict() const {
  if (zones_.size() > 1) return fmt::format("the plots lie in several zones ({})", fmt::join(zones_, ", "));
  if (degrees_ && (plain_ || zoned_)) return "some places are in degrees, others in metres";
  return {};
}

BoundarySystem AxisReader::system() const {
  BoundarySystem system;
  system.degrees = degrees_;
  system.zone_width = zone_width_;
  if (degrees_) return system;
  if (!zones_.empty())
    system.zone = *zones_.begin();
  else if (header_zone_ && is_zone(*header_zone_))
    system.zone = header_zone_;
  if (system.zone) system.zone_width = *system.zone >= 25 ? 3 : 6;
  // Eastings with and without zone in one file: all get it.
  system.zone_in_easting = zoned_;
  return system;
}

bool AxisReader::zone_differs_from_header() const {
  return !zones_.empty() && header_zone_ && *header_zone_ != *zones_.begin();
}

std::optional<AxisReader::Place> AxisReader::place(double first, double second) const {
  const Meaning m = meaning(first, second);
  if (m.kind == Kind::none) return std::nullopt;
  if (m.kind == Kind::degrees || !zoned_) return Place{{m.east, m.north}, m.swapped};
  // The number itself where it has its zone: a sum could differ in the last bit.
  const double east = m.kind == Kind::zoned ? (m.swapped ? first : second) : m.east + *zones_.begin() * zone_step;
  return Place{{east, m.north}, m.swapped};
}

std::optional<int> BoundarySystem::epsg() const {
  if (degrees) return 4490;
  if (!zone) return std::nullopt;
  if (*zone >= 25 && *zone <= 45) return (zone_in_easting ? 4513 : 4534) + *zone - 25;
  if (*zone >= 13 && *zone <= 23) return (zone_in_easting ? 4491 : 4502) + *zone - 13;
  return std::nullopt;
}

}  // namespace plotwatch::plots
