// Resampling and masking of a decoded tile on a device: what pipeline's readers do on the processor, bit for bit.
#pragma once

#include "change/device_layout.hpp"
#include "change/tile_source.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::change {

// Both dates on the tile's pixels, on the device.
struct ResampledPair {
  kernels::Planes<float> before, after;
  // usable: in both dates and scanned; cloudless, unshadowed: no cloud, no cloud shadow in either.
  kernels::View<std::uint8_t> before_usable, after_usable, usable, cloudless, unshadowed;
};

// Takes room for the pair and all that resampling it needs; where the stage has a queue, gives it the work. Views
// without memory come back where it only counts.
ResampledPair resample_on_device(Stage& stage, const PairSource& source, kernels::ResampleScratch& scratch);

}  // namespace plotwatch::change
