// The grid that all tiles of a scan lie on.
#pragma once

#include "core/grid.hpp"
#include "model/options.hpp"
#include "model/scene.hpp"

namespace plotwatch::pipeline {

// CRS: the option, or the before scene's. Pixel size: the option, or that of the coarser scene. Where neither is
// given the grid has the phase of the scene whose pixels it takes, so that scene is read without resampling; else its
// edges are multiples of the pixel size. Extent: the ground that both scenes cover.
// Throws Error(mismatch) when the scenes do not overlap.
Grid working_grid(const Scene& before, const Scene& after, const GridOptions& options);

// Length of a pixel's side in metres at the grid's centre.
double pixel_metres(const Grid& grid);

}  // namespace plotwatch::pipeline
