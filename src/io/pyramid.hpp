// Private to io: halving a band for overviews.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/view.hpp"

namespace plotwatch::io {

enum class Halving {
  average,  // mean of the samples that are not nodata, halves rounded up
  mode      // the most frequent sample that is not nodata; of equally frequent ones the first in reading order
};

// ceil(width / 2) x ceil(height / 2) samples; pixel (x, y) stands for the up to four below it. A pixel without any
// sample but nodata is nodata.
std::vector<std::uint8_t> halve(kernels::View<const std::uint8_t> samples, std::uint8_t nodata, Halving how);

}  // namespace plotwatch::io
