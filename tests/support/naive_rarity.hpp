// kernels::rarity() in double precision, from its contract.
#pragma once

#include <algorithm>
#include <cmath>

#include "kernels/rarity/rarity.hpp"

namespace plotwatch::test {

// Position of a pixel on one axis, in levels.
inline double naive_position(kernels::Planes<const float> date, std::span<const float> axes, int axis, int x, int y) {
  const auto at = [&](int b) { return double(axes[static_cast<std::size_t>(axis * (date.bands + 1) + b)]); };
  double sum = at(date.bands);
  for (int b = 0; b < date.bands; ++b) sum += at(b) * double(date.band(b)(x, y));
  return sum;
}

// Empty-handed (-1) where a position lies so near a level's end that rounding decides.
inline int naive_rarity_class(kernels::Planes<const float> date, std::span<const float> axes,
                              std::span<const std::uint8_t> classes, int x, int y) {
  int cell = 0, stride = 1;
  for (int axis = 0; axis < kernels::rarity_axes; ++axis, stride *= kernels::rarity_levels) {
    const double position = naive_position(date, axes, axis, x, y);
    if (std::abs(position - std::round(position)) < 1e-4) return -1;
    cell += stride * std::clamp(static_cast<int>(std::floor(position)), 0, kernels::rarity_levels - 1);
  }
  return classes[static_cast<std::size_t>(cell)];
}

}  // namespace plotwatch::test
