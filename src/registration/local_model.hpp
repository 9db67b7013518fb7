// A smooth local field on top of an affine one: values at nodes, bilinear between them, with the bending energy of a
// thin plate as regulariser. Where tie points are few it falls back to the affine model.
#pragma once

#include <span>

#include "core/grid.hpp"
#include "registration/global_model.hpp"
#include "registration/sample.hpp"

namespace plotwatch::registration {

// `rough`: fewer nodes on large grids, to see fast whether there is anything to bend to.
// `stiffness` > 0: 1 lets a bend of one pixel from node to node cost as much as one sample's residual of one pixel.
DisplacementField fit_local(std::span<const Sample> samples, const Grid& grid, const RobustLimits& limits,
                            double stiffness, bool rough = false);

}  // namespace plotwatch::registration
