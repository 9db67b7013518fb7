#include "simulate/noise.hpp"

#include <cmath>

#include "simulate/random.hpp"

namespace plotwatch::simulate {

namespace {

float lattice(std::uint64_t seed, std::int64_t x, std::int64_t y) {
  return static_cast<float>(2 * to_unit(hash(seed, x, y)) - 1);
}

float smoothstep(float t) { return t * t * (3 - 2 * t); }

}  // namespace

float ValueNoise::at(double x, double y) {
  const double u = x * inverse_, v = y * inverse_;
  const double floor_u = std::floor(u), floor_v = std::floor(v);
  const auto cell_x = static_cast<std::int64_t>(floor_u), cell_y = static_cast<std::int64_t>(floor_v);
  if (cell_x != cell_x_ || cell_y != cell_y_) {
    cell_x_ = cell_x;
    cell_y_ = cell_y;
    corner_[0] = lattice(seed_, cell_x, cell_y);
    corner_[1] = lattice(seed_, cell_x + 1, cell_y);
    corner_[2] = lattice(seed_, cell_x, cell_y + 1);
    corner_[3] = lattice(seed_, cell_x + 1, cell_y + 1);
  }
  const float tx = smoothstep(static_cast<float>(u - floor_u)), ty = smoothstep(static_cast<float>(v - floor_v));
  const float top = corner_[0] + tx * (corner_[1] - corner_[0]);
  const float bottom = corner_[2] + tx * (corner_[3] - corner_[2]);
  return top + ty * (bottom - top);
}

FractalNoise::FractalNoise(std::uint64_t seed, std::initializer_list<Octave> octaves) {
  std::uint64_t index = 0;
  for (const Octave& octave : octaves)
    layers_.push_back({ValueNoise(hash(seed, index++), octave.wavelength), octave.weight});
}

}  // namespace plotwatch::simulate
