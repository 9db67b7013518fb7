// A window pair at half the resolution, for the coarse step.
#pragma once

#include <cstdint>
#include <vector>

#include "registration/registration.hpp"

namespace plotwatch::registration {

// Owns what its `pair` points to. A pixel is the mean of the usable ones among its four; it is usable when two are.
class HalvedPair {
 public:
  explicit HalvedPair(const WindowPair& pair);
  HalvedPair(const HalvedPair&) = delete;
  HalvedPair& operator=(const HalvedPair&) = delete;

  const WindowPair& pair() const { return pair_; }

 private:
  std::vector<float> before_, after_;
  std::vector<std::uint8_t> before_usable_, after_usable_;
  WindowPair pair_;
};

}  // namespace plotwatch::registration
