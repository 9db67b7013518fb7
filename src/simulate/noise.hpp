// Smooth random fields over the ground.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace plotwatch::simulate {

// One octave of value noise (lattice values, smoothstep between them), about uniform in [-1, 1].
// Remembers the lattice cell of the last position: cheap along a row. One object a thread.
class ValueNoise {
 public:
  ValueNoise(std::uint64_t seed, double wavelength) : seed_(seed), inverse_(1 / wavelength) {}
  float at(double x, double y);  // the unit of the wavelength

 private:
  std::uint64_t seed_;
  double inverse_;
  std::int64_t cell_x_ = INT64_MIN, cell_y_ = INT64_MIN;
  float corner_[4] = {0, 0, 0, 0};
};

// A weighted sum of octaves.
class FractalNoise {
 public:
  struct Octave {
    double wavelength = 1;
    float weight = 1;
  };
  FractalNoise(std::uint64_t seed, std::initializer_list<Octave> octaves);
  float at(double x, double y) {
    float sum = 0;
    for (Layer& layer : layers_) sum += layer.weight * layer.noise.at(x, y);
    return sum;
  }

 private:
  struct Layer {
    ValueNoise noise;
    float weight;
  };
  std::vector<Layer> layers_;
};

}  // namespace plotwatch::simulate
