// The shape of a candidate's outline, in numbers.
#pragma once

#include "core/geometry.hpp"
#include "model/evidence.hpp"

namespace plotwatch::vectorise {

// Compactness, elongation, width, parts and holes; the place on the plot is left to whoever knows it. `metres`: of one
// map unit along x and y. Not empty.
OutlineShape outline_shape(const MultiPolygon& outline, Point metres);

}  // namespace plotwatch::vectorise
