// What a renewal of a register changes, and registers that keep their history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/plot.hpp"

namespace plotwatch::plots {

struct PlotChange {
  enum class Kind { added, removed, changed };
  Kind kind = Kind::changed;
  std::string code, name;
  bool boundary = false, status = false;  // of a changed plot
  double gained_m2 = 0, lost_m2 = 0;      // ground, where the boundary changed
  std::string status_before, status_after;
  std::vector<std::string> others;  // "name: 甲 -> 乙"
};

struct RegisterDiff {
  std::vector<PlotChange> changes;  // removed and changed in the order of the old register, then added
  std::size_t unchanged = 0;
  std::size_t count(PlotChange::Kind kind) const;
  std::size_t boundaries() const, statuses() const;
};

// Plots are one when their codes are. Boundaries are the same when they have the same corners within `tolerance_m`,
// wherever the rings begin. `after` is brought to the CRS of `before`. Values that `after` leaves empty, and columns
// that it does not have, say nothing: they are no change.
RegisterDiff diff(const PlotRegister& before, const PlotRegister& after, double tolerance_m = 0.001);

// The same corners in the same order, wherever each ring and the list of polygons begins; `tolerance` in map units.
bool same_boundary(const MultiPolygon& a, const MultiPolygon& b, double tolerance);

}  // namespace plotwatch::plots
