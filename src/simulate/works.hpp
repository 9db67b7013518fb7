// Construction, demolition and remediation on plots, each starting on a known date and going through its stages.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "simulate/construction.hpp"
#include "simulate/season.hpp"

namespace plotwatch::simulate {

enum class WorkKind { building, hard_surface, earthwork, stockpile, demolition, remediation };
std::string_view name(WorkKind kind);  // "hard surface"

enum class Step {
  clearing,
  cover_net,
  earthwork,
  foundation,
  building,
  hard_surface,
  stockpile,
  demolition,
  tent,
  backfill
};
std::string_view name(Step step);  // "cover net"

struct WorkStage {
  Step step = Step::clearing;
  Date from;
  std::vector<Part> parts;  // laid upon those of the stages before
};

struct Work {
  int plot = 0;  // index into District::plots
  WorkKind kind = WorkKind::building;
  bool permitted = false;
  std::vector<WorkStage> stages;  // by date; the first is the start
  int growth_days = 10;           // in which the surface of a stage grows to its full size
  int building = -1;              // that comes down; index into the buildings of the plot's lot
  float strength = 1;             // share of the new surface in what is seen
  double area_m2 = 0;             // of the first part, inside which all others lie
  double contrast = 0;            // root mean square change that the grown first stage makes, reflectance
  Date start() const { return stages.front().from; }
};

// What is there on a day; empty before the start.
std::optional<ConstructionSite> as_of(const Work& work, const Date& date);

// Starts lie between a tenth of the history and 45 days before its end, so that each has a before and an after.
// `district` has no sites yet.
std::vector<Work> plan_works(const District& district, const SeasonOptions& options);

}  // namespace plotwatch::simulate
