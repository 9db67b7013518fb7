// Connected components by flooding, pixel by pixel.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "kernels/base/view.hpp"

namespace plotwatch::test {

struct NaiveComponent {
  std::vector<std::pair<int, int>> pixels;  // x, y
};

// 8-connected, by their first pixels.
inline std::vector<NaiveComponent> naive_components(kernels::Mask mask) {
  std::vector<NaiveComponent> found;
  std::vector<std::uint8_t> seen(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height), 0);
  const auto visit = [&](int x, int y, NaiveComponent& c) {
    if (x < 0 || y < 0 || x >= mask.width || y >= mask.height || mask(x, y) == 0) return;
    std::uint8_t& s =
        seen[static_cast<std::size_t>(y) * static_cast<std::size_t>(mask.width) + static_cast<std::size_t>(x)];
    if (s++ == 0) c.pixels.push_back({x, y});
    s = 1;
  };
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x) {
      NaiveComponent c;
      if (!seen[static_cast<std::size_t>(y) * static_cast<std::size_t>(mask.width) + static_cast<std::size_t>(x)])
        visit(x, y, c);
      for (std::size_t i = 0; i < c.pixels.size(); ++i) {
        const auto [px, py] = c.pixels[i];
        for (int dy = -1; dy <= 1; ++dy)
          for (int dx = -1; dx <= 1; ++dx) visit(px + dx, py + dy, c);
      }
      if (!c.pixels.empty()) found.push_back(std::move(c));
    }
  return found;
}

inline void naive_labels(kernels::Mask mask, kernels::View<std::int32_t> labels) {
  const int across = (mask.width + 1) / 2;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x) labels(x, y) = 0;
  for (const NaiveComponent& c : naive_components(mask)) {
    int first = INT32_MAX;
    for (const auto& [x, y] : c.pixels) first = std::min(first, y / 2 * across + x / 2);
    for (const auto& [x, y] : c.pixels) labels(x, y) = 1 + first;
  }
}

inline void naive_keep_supported(kernels::Mask weak, kernels::Mask strong, kernels::MutableMask out) {
  for (int y = 0; y < weak.height; ++y)
    for (int x = 0; x < weak.width; ++x) out(x, y) = 0;
  for (const NaiveComponent& c : naive_components(weak)) {
    const bool keep = std::any_of(c.pixels.begin(), c.pixels.end(), [&](const auto& p) {
      const auto [x, y] = p;
      return strong(x, y) != 0 || x == 0 || y == 0 || x == weak.width - 1 || y == weak.height - 1;
    });
    for (const auto& [x, y] : c.pixels) out(x, y) = keep;
  }
}

}  // namespace plotwatch::test
