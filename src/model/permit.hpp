// What allows work on a piece of ground: building permits, filed remediation plans.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/geometry.hpp"
#include "core/grid.hpp"
#include "model/transition.hpp"

namespace plotwatch {

struct Permit {
  std::string kind;                // "permit", "remediation_plan": the kinds that the rules table names
  std::string name;                // number or title of the document
  std::string plot_code;           // of the only plot that it is for; empty: any
  std::optional<Date> from, to;    // inclusive
  std::vector<Transition> allows;  // empty: any
  MultiPolygon geometry;           // footprint
};

struct PermitLayer {
  std::string source;
  Crs crs;
  std::vector<Permit> permits;
};

}  // namespace plotwatch
