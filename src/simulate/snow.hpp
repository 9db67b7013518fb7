// Snow that lies on the ground: whole after it fell, in patches when it melts.
#pragma once

#include <algorithm>
#include <cstdint>

#include "simulate/noise.hpp"
#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

// One object a thread.
class Snow {
 public:
  Snow(std::uint64_t seed, double amount)
      : amount_(static_cast<float>(amount)), field_(seed, {{900, .50F}, {220, .35F}, {50, .25F}}) {}

  // Share of the ground that snow hides at a place, metres.
  float cover(double x, double y) { return std::clamp(2.0F * amount_ - 0.6F + 0.9F * field_.at(x, y), 0.0F, 0.9F); }

  // Snow some days old, as Wiscombe and Warren (1980) model it: bright, and dark in the shortwave infrared.
  static constexpr Spectrum spectrum{.72F, .73F, .71F, .64F, .11F, .08F};

 private:
  float amount_;  // [0, 1]: 1 fell today
  FractalNoise field_;
};

}  // namespace plotwatch::simulate
