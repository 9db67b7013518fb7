// The rasters that a registration leaves.
#pragma once

#include <string>

#include "io/block_cache.hpp"
#include "model/register_result.hpp"

namespace plotwatch::pipeline {

// A field of the grid `from`, in pixels of `to`, which has the same CRS. Beyond `from` its local part goes on as at the
// edge.
DisplacementField carried_to(const DisplacementField& field, const Grid& from, const Grid& to);

// Two float32 bands on `grid`: dx and dy at pixel centres, in its pixels, x right and y down. The ground at (x, y) of
// the grid lies in the target at (x + dx, y + dy).
void write_field(const std::string& path, const Grid& grid, const DisplacementField& field);

// All bands of the target that have a role on `grid`, through the field: float32 samples as they are in the file (scale
// and offset are written, not applied), NaN where there are none. Clouds stay: masks say what to measure, not what to
// show.
void write_aligned(const std::string& path, const Scene& target, const Grid& grid, const DisplacementField& field,
                   io::BlockCache& cache);

}  // namespace plotwatch::pipeline
