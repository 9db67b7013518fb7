// Runs of the pieces of a window, however it was cut: joined, and without components inside the window that hold no
// strong run. A piece keeps what lies at its own edge, so that pieces and the whole differ until this is done.
#pragma once

#include <cstdint>
#include <vector>

#include "core/grid.hpp"
#include "kernels/runs/runs.hpp"
#include "support/naive_components.hpp"

namespace plotwatch::test {

inline std::vector<kernels::Run> supported_runs(const std::vector<kernels::Run>& runs, const PixelWindow& window) {
  const auto pixels = static_cast<std::size_t>(window.pixels());
  std::vector<std::uint8_t> weak(pixels, 0), strong(pixels, 0), kept(pixels, 0);
  const auto view = [&](std::vector<std::uint8_t>& mask) {
    return kernels::MutableMask{mask.data(), window.width, window.height, window.width};
  };
  for (const kernels::Run& r : runs)
    for (int x = r.x0; x < r.x1; ++x) {
      view(weak)(x - window.x, r.y - window.y) = 1;
      view(strong)(x - window.x, r.y - window.y) = r.strong;
    }
  naive_keep_supported(view(weak), view(strong), view(kept));
  std::vector<kernels::Run> joined;
  kernels::extract_runs(kernels::Backend::cpu, view(kept), view(strong), window.x, window.y, joined);
  return joined;
}

}  // namespace plotwatch::test
