// Reads source samples at given positions: the one resampling that a pixel goes through on its way from file to score.
//
// Cubic is Keys' convolution with a = -1/2 (R. Keys, "Cubic convolution interpolation for digital image processing",
// IEEE Trans. ASSP 29(6), 1981). Where the source is finer than the output the kernel is widened by the ratio, so it
// is an antialiasing filter too. Weights come from a table of 256 phases; positions are exact integers, so a pixel's
// value does not depend on where its tile was cut.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// Source positions on a coarse lattice of output pixels. Node (c, r) holds the source position of the centre of output
// pixel (c * step - offset_x, r * step - offset_y), step = 1 << step_log2, in 1/256 source pixel, pixel-is-area: the
// centre of the view's source pixel 0 is 128. Between nodes positions are bilinear in exact integer arithmetic:
//   position = floor((sum of node * integer weight + step^2 / 2) / step^2)
// Nodes must reach every output pixel: columns > ceil((width - 1 + offset_x) / step), likewise rows. A node lies within
// +-2^30 and less than 2^21 from its neighbours, in 1/256 pixel.
struct CoordinateLattice {
  const std::int32_t* x = nullptr;  // rows * columns nodes, row-major
  const std::int32_t* y = nullptr;
  int columns = 0, rows = 0;
  int step_log2 = 4;                // 0 to 6
  int offset_x = 0, offset_y = 0;   // output pixels, >= 0
};

enum class Interpolation { nearest, bilinear, cubic };

struct ResampleParams {
  Interpolation interpolation = Interpolation::cubic;
  // Source pixels an output pixel, up to 64; > 1 widens the kernel, < 1 is taken as 1. No effect on nearest.
  float shrink_x = 1, shrink_y = 1;
  // A pixel is usable when its usable taps carry at least this share of the positive weight; 0.5 to 1.
  float min_weight = 0.6f;
};

// Source pixels around a position's nearest pixel that its value may depend on: the halo that a cut source view needs,
// each side, for values that do not depend on the cut.
int resample_margin(const ResampleParams& params);

// What a worker keeps between calls; grows, never shrinks. Contents mean nothing to the caller.
struct ResampleScratch {
  // One axis of the convolution: for each of 256 phases, `taps` weights with the sum 1.
  struct Axis {
    std::vector<float> weights;
    std::vector<float> positive;  // sum of the positive weights of a phase
    int taps = 0;                 // a multiple of 4; 4 unless the kernel is widened
    int before = 0;               // taps left of the sample that the phase counts from
    float shrink = 0;             // what the weights were made for
    Interpolation interpolation = Interpolation::nearest;
  };
  Axis axis_x, axis_y;
  std::vector<std::int32_t> x, y;    // positions of one output row
  std::vector<std::uint8_t> state;   // of one output row: how each pixel is computed
  std::vector<std::uint8_t> whole;   // a source pixel: all taps of the window that starts here are inside and usable
  std::vector<float> column;         // vertical sums of one output row
};

// out = scale[b] * value + offset[b], b the band; scale and offset have one entry a band.
// Taps that are not usable or outside the view are dropped and the others' weights renormalised. out_usable is 1 where
// the rest carries at least min_weight of the positive weight *and* the nearest source pixel is usable; else it is 0 and
// the sample is NaN. Both outputs are written everywhere; in-place is not possible. source_usable is common to all
// bands; samples under a 0 may hold anything. T: uint8_t, uint16_t, int16_t, float.
template <class T>
void resample(Backend backend, Planes<const T> source, Mask source_usable, const CoordinateLattice& lattice,
              std::span<const float> scale, std::span<const float> offset, Planes<float> out, MutableMask out_usable,
              const ResampleParams& params, ResampleScratch& scratch);

// inout &= (sample != nodata); for float, NaN and infinities are not usable either, with or without a nodata value.
template <class T>
void usable_from_nodata(Backend backend, View<const T> band, std::optional<T> nodata, MutableMask inout);

// inout &= source at the nearest pixel; outside the source is not usable.
void resample_mask(Backend backend, Mask source, const CoordinateLattice& lattice, MutableMask inout);

}  // namespace plotwatch::kernels
