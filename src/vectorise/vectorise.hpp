// From runs of changed pixels to polygons.
#pragma once

#include <functional>
#include <vector>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"
#include "model/candidate.hpp"

namespace plotwatch::vectorise {

// 8-connected components over the runs of all tiles; runs that meet at a tile seam are joined as any others.
// `runs` in any order, not overlapping. Components without a strong run, or with fewer than `min_pixels`, are dropped.
// The result is sorted by the first run (y, x0) and does not depend on how the grid was cut.
std::vector<ChangeComponent> join(std::vector<ChangeRun> runs, int min_pixels);

// Outline along pixel edges in the grid's CRS, holes included; valid in the OGC sense although components are
// 8-connected (pixels that meet at a corner become separate rings or polygons). Area is pixels x pixel area exactly.
MultiPolygon outline(const ChangeComponent& component, const Grid& grid);

// Attributes of a component from the rasters under its window (views of the component's window):
// `score` as stored in score.tif and `transition` as stored in transition.tif.
ChangePatch describe(const ChangeComponent& component, const Grid& grid, kernels::View<const std::uint8_t> score,
                     kernels::View<const std::uint8_t> transition, const std::function<double(std::uint8_t)>& score_of);

// One candidate for each plot that the patch overlaps by at least `min_area` map units squared, geometry cut at the
// plot's boundary. Rule, rank, dates and scenes are left to the caller. Plots are in the grid's CRS.
struct PlotShape {
  int plot = 0;                // index into the register
  MultiPolygon geometry;       // grid's CRS
  Box box;
  double area_m2 = 0;
};

struct PatchOnPlot {
  int plot = -1;               // index into the register; -1: outside all plots
  MultiPolygon geometry;
  Point representative;
  double area_m2 = 0;          // ellipsoidal
  double plot_share = 0;       // of the plot's area
};

std::vector<PatchOnPlot> split_by_plots(const ChangePatch& patch, const std::vector<PlotShape>& plots, const Crs& crs,
                                        double min_area_m2, bool keep_outside);

}  // namespace plotwatch::vectorise
