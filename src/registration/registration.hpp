// Estimating how the after scene must move to lie on the before scene, and how sure that is.
#pragma once

#include <vector>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"
#include "model/registration.hpp"

namespace plotwatch::registration {

class DeviceCorrelator;  // device_correlator.hpp

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

// Masked, normalised correlation of gradients over one large window (at least 2 * max_shift a side) whose `after` was
// read without shift. Looks as far as max_shift, and no further than half of the window.
// Fitch et al., BMVC 2002; Padfield, IEEE TIP 21(5), 2012.
// With a device its transforms run there, and the result has the same bits.
CoarseShift coarse_shift(const WindowPair& pair, const RegistrationOptions& options,
                         DeviceCorrelator* device = nullptr);

// A grid cut into as few cells as do, none wider or higher than `most` pixels and all about as large: a strip that is
// left over would be too narrow for a matching window. Row-major.
std::vector<PixelWindow> even_cells(int width, int height, int most);

// Sub-pixel displacements of matching windows `options.window` wide, laid evenly over the pair. Each window is located
// as a whole and measured in four overlapping parts, so it gives four points: reliable and unreliable ones alike, with
// their fate, why they were refused, and their standard error. A point lies where the information in its part lies.
// A pair smaller than a window gives none. Pure: may run for many pairs at once. With a device, one a thread, windows
// are located there, and the points have the same bits.
std::vector<TiePoint> match(const WindowPair& pair, const RegistrationOptions& options,
                            DeviceCorrelator* device = nullptr);

// The second look, where a local field was found: what displacement remains once the gradients of the after side are
// carried through `field`, in smaller windows that overlap, since little is left to be found and a small window sees a
// bent field as it is. `pair` as for match(), read with the same shift. Points as match() gives them, with the whole
// displacement.
std::vector<TiePoint> rematch(const WindowPair& pair, const DisplacementField& field,
                              const RegistrationOptions& options);

// Outliers out, model chosen by cross-validation on a part of the points and checked on the part held out. The field is
// the identity unless it helps there. The held-out figures belong to the field before it saw the held-out points; the
// field that is returned was fitted to all points that are no outliers, min_tie_points of them at least.
// The tie points come back sorted by (y, x); the result does not depend on the order they came in.
Registration fit(std::vector<TiePoint> points, const Grid& grid, const RegistrationOptions& options);

}  // namespace plotwatch::registration
