// What else is known of the ground: permits and plans, things that rules ask the distance to, and earlier scans.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "model/options.hpp"
#include "model/permit.hpp"
#include "rules/rules.hpp"

namespace plotwatch::pipeline {

class Surroundings {
 public:
  Surroundings() = default;
  // Reads what the options name and brings it to the grid's CRS. Throws Error as the readers do.
  Surroundings(const PlotOptions& options, const Grid& grid);

  // Adds the distance to each kind of thing, and every document whose footprint meets the candidate. Thread-safe.
  void tell(const MultiPolygon& candidate, rules::Case& facts) const;

  // When an earlier scan saw the plot last; empty when none did.
  std::optional<Date> last_clear(const std::string& plot_code) const;

 private:
  struct Thing {
    Box box;
    MultiPolygon polygons;
    std::vector<std::vector<Point>> paths;
  };
  double metres_per_unit_ = 1;
  std::vector<Permit> permits_;
  std::map<std::string, std::vector<Thing>> kinds_;
  std::map<std::string, Date> last_clear_;
};

}  // namespace plotwatch::pipeline
