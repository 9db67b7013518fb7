// Cross-correlation of windows of two complex fields at every displacement within a reach, through the Fourier domain:
// what the matching windows of registration ask (registration/correlation.hpp). On a device by cuFFT; the form of the
// processor is registration's, which transforms with OpenCV.
//
// Transforms round in an order of their library's own, so values of two backends differ: by no more than
// correlation_tolerance of what both fields hold (see below). Callers decide by what lies farther apart than that.
#pragma once

#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// The field x + i y of either date. An imaginary part without data is 0. All views of one size.
struct FieldPair {
  View<const float> before_x, before_y, after_x, after_y;
};

// First column and row of a window in the views, which hold all of it.
struct Corner {
  int x = 0, y = 0;
};

inline constexpr int most_windows = 64;  // of one call

struct CorrelationShape {
  int width = 0, height = 0;  // of a window, pixels
  // Of its transform: products of small primes are fast. Beyond the window the fields count as 0; displacements wrap
  // around, so width + reach and height + reach or more keep the ends of a window apart.
  int columns = 0, rows = 0;
  int reach = 0;  // displacements -reach to reach in x and y; below columns / 2 and rows / 2
  int windows_at_once = most_windows;

  PLOTWATCH_HD int side() const { return 2 * reach + 1; }
};

// surface(d) = Re sum over pairs, over p of the window: (w after)(p + d) * conj((w before)(p)); w is 1 without data.
// Surfaces lie under each other in `out`, `side` columns wide, `side` rows a window, rows from -reach on.

// Share of the sum over pairs of sqrt(sum |w before|^2 * sum |w after|^2), which no value exceeds, that values of two
// backends differ by at most. Some ten times what is seen.
inline constexpr double correlation_tolerance = 1e-5;

}  // namespace plotwatch::kernels
