// What the answer is: pixels and polygons.
#pragma once

#include <cstdint>

#include "kernels/base/view.hpp"
#include "simulate/construction.hpp"

namespace plotwatch::simulate {

// 2 where construction covers at least half of the pixel, 0 (not labelled) where it covers less, or where only the
// shadow of something new falls, or that of something gone fell; 1 elsewhere. On the grid of the first date.
void draw_truth(const District& district, const DistrictOptions& options, kernels::View<std::uint8_t> truth);

// A ring of the (u, v) plane on the ground, with points every few metres where edges bend; closed, counter-clockwise
// with y north, relative to the top-left corner.
Ring on_ground(const Frame& frame, const std::vector<Point>& ring);

}  // namespace plotwatch::simulate
