// The convolution over one output row of one band, in its two forms: every tap usable, or some dropped.
#pragma once

#include <cstdint>

#include "kernels/resample/resample.hpp"

namespace plotwatch::kernels {

// Positions of the row's pixels and what turns a sum into an output sample.
struct RowGeometry {
  const std::int32_t* x;
  const std::int32_t* y;
  const ResampleScratch::Axis* axis_x;
  const ResampleScratch::Axis* axis_y;
};

struct Linear {
  float scale, offset;
};

// Pixels [begin, end), all of whose windows are whole: inside the band and usable.
template <class T>
void convolve_whole(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* out);

// As convolve_whole where all pixels share one phase and one source row: (x0, y0) is the position of pixel 0. `column`
// has room for end - begin + taps - 1 sums. Only for kernels of four taps.
template <class T>
void convolve_shifted(View<const T> band, const RowGeometry& row, Linear linear, int begin, int end, float* column,
                      float* out);

// One pixel whose window has holes.
template <class T>
float convolve_partial(View<const T> band, Mask usable, const RowGeometry& row, Linear linear, int x);

// Whether that pixel is usable.
bool partial_usable(Mask usable, const RowGeometry& row, float min_weight, int x);

}  // namespace plotwatch::kernels
