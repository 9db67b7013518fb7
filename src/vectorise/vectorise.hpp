// From runs of changed pixels to polygons.
#pragma once

#include <functional>
#include <memory>
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

// The outline without the steps of pixels, as a person would draw it: lines stay within about a pixel of it, its area
// is kept to within 1 %, and far fewer points tell it. Valid; where lines that lie close together cannot be kept apart,
// it is the outline along pixel edges.
MultiPolygon smooth_outline(const ChangeComponent& component, const Grid& grid);

// What the rasters under a component's window say of its pixels (views of the component's window): `score` as stored in
// score.tif (255: not observable, left out of the figures) and `transition` as stored in transition.tif. `score_of`
// gives the score in [0, 1] of a stored value.
ChangeEvidence evidence(const ChangeComponent& component, kernels::View<const std::uint8_t> score,
                        kernels::View<const std::uint8_t> transition,
                        const std::function<double(std::uint8_t)>& score_of);

// Adds ChangeEvidence::rarity and core_share; `rarity` is the view of the component's window of what kernels/rarity
// stores (255: not observable, left out) and `rarity_of` gives the number of a stored value.
void add_core_evidence(const ChangeComponent& component, kernels::View<const std::uint8_t> rarity,
                       const std::function<double(std::uint8_t)>& rarity_of, ChangeEvidence& found);

// The component's pixels that lie in `pixels` (sorted by (y, x0), not overlapping), under the component's own window.
ChangeComponent clip(const ChangeComponent& component, const std::vector<PixelRun>& pixels);
// The others.
ChangeComponent without(const ChangeComponent& component, const std::vector<PixelRun>& pixels);

struct PlotShape {
  int plot = 0;           // index into the register
  MultiPolygon geometry;  // grid's CRS
  Box box;                // of the geometry
  double area_m2 = 0;
};

// The plots of a scan, found by place. Built once; asked by any number of threads.
class PlotIndex {
 public:
  explicit PlotIndex(std::vector<PlotShape> plots);
  ~PlotIndex();
  PlotIndex(PlotIndex&&) noexcept;
  PlotIndex& operator=(PlotIndex&&) noexcept;

  // Plots whose box meets `box`, in the order they were given.
  std::vector<const PlotShape*> near(const Box& box) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A component's part on one plot, or outside all of them.
struct PatchOnPlot {
  int plot = -1;           // index into the register; -1: outside all plots
  ChangeComponent pixels;  // of the component, those whose centres lie in the plot; none for a part that is a sliver
  MultiPolygon geometry;
  Point representative;
  double area_m2 = 0;     // ellipsoidal
  double plot_share = 0;  // of the plot's area
};

// Pixels of a window whose centres lie in a plot, sorted by (y, x0).
using PlotPixels = std::function<std::vector<PixelRun>(const PlotShape& plot, const PixelWindow& window)>;

// One part for each plot that the component overlaps by at least `min_area_m2` and by more than the rounding of
// coordinates, geometry cut at the plot's boundary; in the order of the plots, the part outside all plots (when
// `keep_outside`) last. The outside part is made of the pixels whose centres lie in no plot. A component on plots that
// overlap each other is given to each. Cost follows the component's pixels around each plot, however large the
// component.
std::vector<PatchOnPlot> split_by_plots(const ChangeComponent& component, const Grid& grid, const PlotIndex& plots,
                                        const PlotPixels& pixels_of, double min_area_m2, bool keep_outside);

}  // namespace plotwatch::vectorise
