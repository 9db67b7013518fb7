// Owning float samples of one band, private to registration.
#pragma once

#include <cstddef>
#include <vector>

namespace plotwatch::registration {

struct Plane {
  int width = 0, height = 0;
  std::vector<float> samples;

  Plane() = default;
  Plane(int w, int h) : width(w), height(h), samples(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}

  float* row(int y) { return samples.data() + std::ptrdiff_t{y} * width; }
  const float* row(int y) const { return samples.data() + std::ptrdiff_t{y} * width; }
};

}  // namespace plotwatch::registration
