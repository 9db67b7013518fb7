// A ring of pixel corners as a line without steps. Private to vectorise.
//
// Each side of a pixel on the boundary has a gate: the line from the centre of the changed pixel to the centre of the
// unchanged one. The ring crosses every gate once, in order, and else only runs from one gate to the next; so every
// pixel's centre stays on its side, and rings of one component, which never share a gate, cannot meet. Among such rings
// this is one with few points: from a point on one gate, on in a straight line through as many gates as one can see
// through (the visibility of sleeve fitting: Zhao and Saalfeld, "Linear-time sleeve-fitting polyline simplification
// algorithms", AutoCarto 13, 1997), and a point on the last. Then all points move along their gates by one distance, so
// that the area is that of the pixels.
#pragma once

#include "vectorise/trace.hpp"

namespace plotwatch::vectorise {

// In pixels (x right, y down), closed, in the corners' direction. The area is kept to within 1 %, but for shapes that
// cannot be had so (a lone pixel in a line of others); those are given as a line through the middles of the sides, or
// as they are. Linear in the length of the ring.
Ring smooth_ring(const Corners& corners);

}  // namespace plotwatch::vectorise
