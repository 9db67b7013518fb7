// A float band with its mask, for tests that make their own scenes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/base/view.hpp"

namespace plotwatch::support {

struct Image {
  int width = 0, height = 0;
  std::vector<float> samples;
  std::vector<std::uint8_t> usable;  // 1 usable, 0 not

  Image() = default;
  Image(int w, int h, float value = 0)
      : width(w), height(h), samples(static_cast<std::size_t>(w) * h, value), usable(samples.size(), 1) {}

  float& at(int x, int y) { return samples[static_cast<std::size_t>(y) * width + x]; }
  float at(int x, int y) const { return samples[static_cast<std::size_t>(y) * width + x]; }
  std::uint8_t& mask(int x, int y) { return usable[static_cast<std::size_t>(y) * width + x]; }
  std::uint8_t mask(int x, int y) const { return usable[static_cast<std::size_t>(y) * width + x]; }
};

}  // namespace plotwatch::support
