// The tile that kernel benchmarks work on, and how they report.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <vector>

#include "kernels/base/view.hpp"

namespace plotwatch::bench {

inline constexpr int tile_size = 512;  // px, the default of a scan
inline constexpr std::size_t tile_pixels = std::size_t{tile_size} * tile_size;

template <class T>
class Tile {
 public:
  explicit Tile(int bands = 1, int size = tile_size)
      : size_(size), bands_(bands),
        samples_(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * static_cast<std::size_t>(bands)) {}
  T* data() { return samples_.data(); }
  kernels::Planes<T> planes() { return {data(), size_, size_, bands_, size_, std::ptrdiff_t{size_} * size_}; }
  kernels::Planes<const T> read() { return planes(); }
  kernels::View<T> view() { return planes().band(0); }
  kernels::View<const T> read_view() { return view(); }
  template <class Make>
  void fill(Make make) {
    for (T& sample : samples_) sample = make();
  }

 private:
  int size_, bands_;
  std::vector<T> samples_;
};

// Usable but for `share` of the pixels.
inline Tile<std::uint8_t> random_mask(double share, int size = tile_size) {
  Tile<std::uint8_t> mask(1, size);
  std::mt19937 random(7);
  std::bernoulli_distribution hole(share);
  mask.fill([&] { return static_cast<std::uint8_t>(!hole(random)); });
  return mask;
}

inline Tile<float> random_samples(int bands) {
  Tile<float> tile(bands);
  std::mt19937 random(11);
  std::normal_distribution<float> normal(0.0f, 1.0f);
  tile.fill([&] { return normal(random); });
  return tile;
}

// bytes: read and written for each pixel of the tile, all bands.
inline void report(benchmark::State& state, std::size_t bytes) {
  const auto pixels = static_cast<double>(state.iterations()) * static_cast<double>(tile_pixels);
  state.SetBytesProcessed(static_cast<std::int64_t>(pixels) * static_cast<std::int64_t>(bytes));
  state.counters["ns/px"] = benchmark::Counter(pixels * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

}  // namespace plotwatch::bench
