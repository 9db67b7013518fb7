// Estimating how the after scene must move to lie on the before scene, and how sure that is.
#pragma once

#include <vector>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"
#include "model/registration.hpp"

namespace plotwatch::registration {

// The same ground of both dates as decoded, one or more bands of the same roles; the after side read with a known
// whole-pixel shift. All views have the size of `window`.
struct WindowPair {
  PixelWindow window;                          // on the working grid
  kernels::Planes<const float> before, after;  // any unit; the bands of one index have the same role
  kernels::Mask before_usable, after_usable;
  int shift_x = 0, shift_y = 0;  // px: `after` was read at window + shift
};

struct CoarseShift {
  int dx = 0, dy = 0;      // px: ground at (x, y) of the grid lies in the after scene at about (x + dx, y + dy)
  double reliability = 0;  // [0, 1]; below RegistrationOptions::min_reliability: not to be trusted
};

// Masked phase correlation of gradients over one large window (at least 2 * max_shift a side) whose `after` was read
// without shift. Kuglin & Hines 1975; masked normalised correlation: Padfield 2012.
CoarseShift coarse_shift(const WindowPair& pair, const RegistrationOptions& options);

// Sub-pixel displacements of matching windows inside one pair, windows `options.window` wide laid evenly over it.
// Pure: may run for many pairs at once. Returns reliable and unreliable points alike, with their fate.
std::vector<TiePoint> match(const WindowPair& pair, const RegistrationOptions& options);

// Outliers out, model fitted on a part of the points and checked on the part held out. The result does not depend on
// the order of the points. The field is the identity unless it helps. `coarse` is the shift that all windows were read
// with.
Registration fit(std::vector<TiePoint> points, const Grid& grid, const RegistrationOptions& options);

}  // namespace plotwatch::registration
