// Everything a scan knows before it touches a pixel: scenes, plots, rules, working grid.
#pragma once

#include <optional>
#include <vector>

#include "core/grid.hpp"
#include "model/options.hpp"
#include "model/plot.hpp"
#include "model/rule.hpp"
#include "model/scene.hpp"
#include "pipeline/surroundings.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::pipeline {

struct Inputs {
  Scene before, after;
  Date before_date, after_date;
  std::vector<BandRole> roles;  // in both scenes, in the order of the planes
  Grid grid;                    // working grid
  PlotRegister plots;
  std::vector<vectorise::PlotShape> shapes;  // parallel to plots.plots, in the grid's CRS
  RuleTable rules;
  Surroundings surroundings;
};

Scene describe_scene(const SceneOptions& options);

// Of the bands with these roles, which the scene has: a panchromatic band that is left out must not make every pixel
// four.
Grid finest_grid(const Scene& scene, const std::vector<BandRole>& roles);

// The register that the options name, its rows as they hold on that day. Throws as plots::read_register() does.
PlotRegister register_as_of(const PlotOptions& options, std::optional<Date> day);

// Metres of a pixel of the grid that a scan with these options works on. Throws as gather() does for scenes.
double working_pixel_metres(const ScanOptions& options);

// Describes and checks. Throws Error(input) for each input alone, Error(mismatch) for what does not fit together: no
// overlap, no shared band roles, different calibration, dates missing or the wrong way round, no plot on the scenes.
Inputs gather(const ScanOptions& options);

}  // namespace plotwatch::pipeline
