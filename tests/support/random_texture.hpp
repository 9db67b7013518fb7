// Reproducible random numbers that do not depend on the standard library's distributions.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace plotwatch::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // [0, 1)
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double normal() {
    const double u = 1 - uniform(), v = uniform();
    return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);
  }

 private:
  // SplitMix64: G. Steele, D. Lea, C. Flood, OOPSLA 2014.
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

}  // namespace plotwatch::test
