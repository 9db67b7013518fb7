// Sample storage for kernel tests: every byte 0xFA until written, rows padded to an odd stride, so that an unwritten
// pixel and a write outside the rows both show.
#pragma once

#include <cstring>
#include <random>
#include <vector>

#include "kernels/base/view.hpp"

namespace plotwatch::test {

template <class T>
class PoisonedPlanes {
 public:
  PoisonedPlanes(int width, int height, int bands = 1, int padding = 3)
      : width_(width), height_(height), bands_(bands), stride_(width + padding) {
    samples_.resize(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height) *
                        static_cast<std::size_t>(bands) + 1);
    std::memset(samples_.data(), 0xFA, samples_.size() * sizeof(T));
  }

  kernels::Planes<T> planes() {
    return {samples_.data(), width_, height_, bands_, stride_, std::ptrdiff_t{stride_} * height_};
  }
  kernels::Planes<const T> read() { return planes(); }
  kernels::View<T> view(int band = 0) { return planes().band(band); }
  kernels::View<const T> read_view(int band = 0) { return view(band); }
  T& operator()(int x, int y, int band = 0) { return view(band)(x, y); }

  template <class Make>
  PoisonedPlanes& fill(Make make) {
    for (int b = 0; b < bands_; ++b)
      for (int y = 0; y < height_; ++y)
        for (int x = 0; x < width_; ++x) view(b)(x, y) = make(x, y, b);
    return *this;
  }

  bool padding_untouched() const {
    T poison;
    std::memset(&poison, 0xFA, sizeof poison);
    for (std::size_t row = 0; row < static_cast<std::size_t>(height_) * static_cast<std::size_t>(bands_); ++row)
      for (int x = width_; x < stride_; ++x)
        if (std::memcmp(&samples_[row * static_cast<std::size_t>(stride_) + static_cast<std::size_t>(x)], &poison,
                        sizeof poison) != 0)
          return false;
    return true;
  }

 private:
  int width_, height_, bands_, stride_;
  std::vector<T> samples_;
};

// Same bits, NaN equal to itself.
template <class T>
bool same_bits(kernels::View<T> a, kernels::View<T> b) {
  for (int y = 0; y < a.height; ++y)
    if (a.width > 0 && std::memcmp(a.row(y), b.row(y), static_cast<std::size_t>(a.width) * sizeof(T)) != 0) return false;
  return a.width == b.width && a.height == b.height;
}

// A mask with round-ish holes: usable but for `share` of its pixels.
inline PoisonedPlanes<std::uint8_t> random_mask(int width, int height, double share, unsigned seed) {
  PoisonedPlanes<std::uint8_t> mask(width, height);
  std::mt19937 random(seed);
  std::bernoulli_distribution hole(share);
  mask.fill([&](int, int, int) { return static_cast<std::uint8_t>(!hole(random)); });
  return mask;
}

inline PoisonedPlanes<float> random_planes(int width, int height, int bands, unsigned seed, float mean = 0,
                                           float sd = 1) {
  PoisonedPlanes<float> planes(width, height, bands);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(mean, sd);
  planes.fill([&](int, int, int) { return normal(random); });
  return planes;
}

// Puts NaN wherever the mask is 0, for kernels must not look there.
inline void spoil(PoisonedPlanes<float>& planes, PoisonedPlanes<std::uint8_t>& mask) {
  const auto p = planes.planes();
  for (int b = 0; b < p.bands; ++b)
    for (int y = 0; y < p.height; ++y)
      for (int x = 0; x < p.width; ++x)
        if (mask(x, y) == 0) p.band(b)(x, y) = std::numeric_limits<float>::quiet_NaN();
}

}  // namespace plotwatch::test
