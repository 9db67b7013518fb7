// Counter-based random numbers: a value is a pure function of a seed and a place, so nothing depends on the order
// in which pixels are drawn, on the number of threads or on the standard library.
#pragma once

#include <cstdint>

namespace plotwatch::simulate {

// Finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit reaches every output bit.
constexpr std::uint64_t mix(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

constexpr std::uint64_t hash(std::uint64_t seed, std::uint64_t a) { return mix(seed ^ mix(a)); }
constexpr std::uint64_t hash(std::uint64_t seed, std::int64_t a, std::int64_t b) {
  return mix(seed ^ (static_cast<std::uint64_t>(a) * 0x9e3779b97f4a7c15ULL) ^
             mix(static_cast<std::uint64_t>(b) + 0x632be59bd9b4e019ULL));
}

constexpr double to_unit(std::uint64_t h) { return static_cast<double>(h >> 11) * 0x1p-53; }  // [0, 1)

// Mean 0, standard deviation 1: the sum of four uniform numbers (Irwin-Hall), which ends at +-3.46.
constexpr float to_normal(std::uint64_t h) {
  const auto sum = static_cast<float>((h & 0xffff) + ((h >> 16) & 0xffff) + ((h >> 32) & 0xffff) + (h >> 48));
  return (sum * (1.0F / 65535.0F) - 2.0F) * 1.7320508F;
}

// A stream of draws for one object; objects get streams of their own, so adding one does not disturb another.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}

  std::uint64_t next() { return hash(seed_, count_++); }
  double unit() { return to_unit(next()); }  // [0, 1)
  double between(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double probability) { return unit() < probability; }
  double normal() { return to_normal(next()); }
  int below(int n) { return static_cast<int>(unit() * n); }  // 0 … n - 1

 private:
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

}  // namespace plotwatch::simulate
