#include "plots/register_diff.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "io/crs.hpp"
#include "io/geometry_ops.hpp"

namespace plotwatch::plots {
namespace {

bool near(Point a, Point b, double tolerance) {
  return std::abs(a.x - b.x) <= tolerance && std::abs(a.y - b.y) <= tolerance;
}

bool same_ring(const Ring& a, const Ring& b, double tolerance) {
  if (a.size() != b.size()) return false;
  const std::size_t corners = a.empty() ? 0 : a.size() - 1;
  for (std::size_t shift = 0; shift < corners; ++shift) {
    std::size_t i = 0;
    while (i < corners && near(a[i], b[(i + shift) % corners], tolerance)) ++i;
    if (i == corners) return true;
  }
  return corners == 0;
}

template <class List, class Same>
bool same_sets(const List& a, const List& b, Same same) {
  if (a.size() != b.size()) return false;
  std::vector<bool> met(b.size());
  for (const auto& one : a) {
    std::size_t j = 0;
    while (j < b.size() && (met[j] || !same(one, b[j]))) ++j;
    if (j == b.size()) return false;
    met[j] = true;
  }
  return true;
}

void note(PlotChange& change, const char* what, const std::string& before, const std::string& after) {
  if (!after.empty() && before != after)
    change.others.push_back(fmt::format("{}: {} -> {}", what, before.empty() ? "–" : before, after));
}

std::string iso(const std::optional<Date>& date) { return date ? date->iso() : ""; }
std::string metres(const std::optional<double>& area) { return area ? fmt::format("{:.1f}", *area) : ""; }

// Empty when nothing changed.
std::optional<PlotChange> compare(const Plot& a, const Plot& b, const Crs& crs, double tolerance) {
  PlotChange c;
  c.code = a.code;
  c.name = b.name.empty() ? a.name : b.name;
  c.boundary = !same_boundary(a.geometry, b.geometry, tolerance);
  if (c.boundary) {
    c.gained_m2 = io::ellipsoidal_area(io::difference(b.geometry, a.geometry), crs);
    c.lost_m2 = io::ellipsoidal_area(io::difference(a.geometry, b.geometry), crs);
  }
  c.status = !b.status.empty() && a.status != b.status;
  c.status_before = a.status, c.status_after = b.status.empty() ? a.status : b.status;
  note(c, "name", a.name, b.name);
  note(c, "unit", a.unit, b.unit);
  note(c, "use", a.use, b.use);
  note(c, "district code", a.district_code, b.district_code);
  note(c, "stated area m2", metres(a.stated_area_m2), metres(b.stated_area_m2));
  note(c, "due", iso(a.due), iso(b.due));
  return c.boundary || c.status || !c.others.empty() ? std::optional(c) : std::nullopt;
}

}  // namespace

std::size_t RegisterDiff::count(PlotChange::Kind kind) const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [&](const PlotChange& c) { return c.kind == kind; }));
}
std::size_t RegisterDiff::boundaries() const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [](const PlotChange& c) { return c.boundary; }));
}
std::size_t RegisterDiff::statuses() const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [](const PlotChange& c) { return c.status; }));
}

bool same_boundary(const MultiPolygon& a, const MultiPolygon& b, double tolerance) {
  const auto rings = [&](const Ring& x, const Ring& y) { return same_ring(x, y, tolerance); };
  return same_sets(a, b, [&](const Polygon& x, const Polygon& y) {
    return same_ring(x.outer, y.outer, tolerance) && same_sets(x.holes, y.holes, rings);
  });
}

RegisterDiff diff(const PlotRegister& before, const PlotRegister& after, double tolerance_m) {
  const io::CoordinateTransform to_before(after.crs, before.crs);
  const double tolerance = tolerance_m / io::metres_per_unit(before.crs);
  std::map<std::string, const Plot*> incoming;
  for (const Plot& plot : after.plots) incoming[plot.code] = &plot;
  RegisterDiff result;
  std::map<std::string, bool> known;
  for (const Plot& old : before.plots) {
    known[old.code] = true;
    const auto found = incoming.find(old.code);
    if (found == incoming.end()) {
      PlotChange gone;
      gone.kind = PlotChange::Kind::removed;
      gone.code = old.code, gone.name = old.name;
      gone.status_before = old.status;
      result.changes.push_back(std::move(gone));
      continue;
    }
    Plot renewed = *found->second;
    renewed.geometry = to_before.apply(renewed.geometry);
    if (std::optional<PlotChange> change = compare(old, renewed, before.crs, tolerance))
      result.changes.push_back(std::move(*change));
    else
      ++result.unchanged;
  }
  for (const Plot& plot : after.plots)
    if (!known.contains(plot.code)) {
      PlotChange added;
      added.kind = PlotChange::Kind::added;
      added.code = plot.code, added.name = plot.name;
      added.status_after = plot.status;
      result.changes.push_back(std::move(added));
    }
  return result;
}

}  // namespace plotwatch::plots
