// The convolution over one output row of one band, in its forms: every tap usable, the same for a pure shift, and one
// pixel with some taps dropped.
#pragma once

#include <cstdint>

#include "kernels/resample/resample.hpp"

namespace plotwatch::kernels {

// What the pixels of one output row read, common to all bands.
struct RowGeometry {
  const std::int32_t *x, *y;                  // positions
  const std::int64_t* start;                  // of a pixel's window, samples from the band's first
  const std::int32_t *weights_x, *weights_y;  // of a pixel, from the axis' first weight
  const ResampleScratch::Axis *axis_x, *axis_y;

  bool narrow() const { return axis_x->taps == 4 && axis_y->taps == 4; }
};

struct Linear {
  float scale, offset;
};

// Pixels [begin, end), all of whose windows are whole: inside the band and usable.
template <class T>
void convolve_whole(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* out);

// The same bits where all pixels share one phase and one source row. `column` has room for end - begin + 3 sums. Narrow
// kernels only.
template <class T>
void convolve_shifted(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* column,
                      float* out);

// One pixel whose window has holes.
template <class T>
float convolve_partial(View<const T> band, Mask usable, const RowGeometry& row, Linear linear, int x);

// Whether that pixel is usable.
bool partial_usable(Mask usable, const RowGeometry& row, float min_weight, int x);

}  // namespace plotwatch::kernels
