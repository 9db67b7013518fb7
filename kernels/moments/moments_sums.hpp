// The sums that moments are made from, in a form that a device can fill.
#pragma once

#include <cstdint>

namespace plotwatch::kernels {

inline constexpr int max_moment_bands = 16;

// The order of every sum, on every backend: a row is cut into chunks, within a chunk element i goes to lane i mod
// moment_lanes, lanes are added in pairs that lie half their number apart, and chunks follow each other row by row.
inline constexpr int moment_chunk = 128;  // px
inline constexpr int moment_lanes = 16;

// Sums over usable pixels, d = sample - shift.
struct MomentSums {
  std::int64_t count = 0;
  double weight = 0;
  double shift[max_moment_bands] = {};
  double first[max_moment_bands] = {};                      // sum w d
  double second[max_moment_bands * max_moment_bands] = {};  // sum w d_i d_j at i * max_moment_bands + j, j <= i
};

}  // namespace plotwatch::kernels
