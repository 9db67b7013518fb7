// Resampling of a four-band tile: what a scan does to the scene that moves, and to the one that stays.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "bench/kernels/bench_tile.hpp"
#include "kernels/resample/resample.hpp"

namespace plotwatch::bench {
namespace {

using namespace kernels;

constexpr int bands = 4;
constexpr int halo = 16;  // source px

struct Nodes {
  std::vector<std::int32_t> x, y;
  CoordinateLattice lattice;

  // Source position = output position * ratio + halo + shift, the shift changing by `bend` px over the tile.
  Nodes(double ratio, double shift, double bend) {
    const int count = tile_size / 16 + 1;
    for (int r = 0; r < count; ++r) {
      for (int c = 0; c < count; ++c) {
        const double moved = shift + bend * std::sin(0.1 * (r + c));
        x.push_back(static_cast<std::int32_t>(std::lround(256 * ((c * 16 + 0.5) * ratio + halo + moved))));
        y.push_back(static_cast<std::int32_t>(std::lround(256 * ((r * 16 + 0.5) * ratio + halo - moved))));
      }
    }
    lattice = {x.data(), y.data(), count, count};
  }
};

template <class T>
void resampled(benchmark::State& state, double ratio, double shift, double bend, double holes,
               Interpolation interpolation) {
  const int size = static_cast<int>(std::lround(tile_size * ratio)) + 2 * halo;
  Tile<T> source(bands, size);
  std::mt19937 random(3);
  source.fill([&] { return static_cast<T>(random() % 200); });
  auto mask = random_mask(holes, size);
  Tile<float> out(bands);
  Tile<std::uint8_t> out_mask;
  const Nodes nodes(ratio, shift, bend);
  const std::vector<float> scale(bands, 1e-4f), offset(bands, 0.1f);
  ResampleParams params;
  params.interpolation = interpolation;
  params.shrink_x = params.shrink_y = static_cast<float>(ratio);
  ResampleScratch scratch;
  for (auto _ : state)
    resample<T>(Backend::cpu, source.read(), mask.read_view(), nodes.lattice, scale, offset, out.planes(),
                out_mask.view(), params, scratch);
  report(state, bands * (sizeof(T) + sizeof(float)) + 2);
}

constexpr auto cubic = Interpolation::cubic;
constexpr auto resample_uint8 = resampled<std::uint8_t>, resample_float = resampled<float>;
constexpr auto resample_uint16 = resampled<std::uint16_t>, resample_int16 = resampled<std::int16_t>;
BENCHMARK_CAPTURE(resample_uint16, copy, 1.0, 0.0, 0.0, 0.0, cubic);
BENCHMARK_CAPTURE(resample_uint16, copy_holes, 1.0, 0.0, 0.0, 0.05, cubic);
BENCHMARK_CAPTURE(resample_uint16, shift, 1.0, 0.25, 0.0, 0.0, cubic);
BENCHMARK_CAPTURE(resample_uint16, field, 1.0, 0.25, 2.0, 0.0, cubic);
BENCHMARK_CAPTURE(resample_uint16, field_holes, 1.0, 0.25, 2.0, 0.005, cubic);
BENCHMARK_CAPTURE(resample_uint8, field, 1.0, 0.25, 2.0, 0.0, cubic);
BENCHMARK_CAPTURE(resample_int16, field, 1.0, 0.25, 2.0, 0.0, cubic);
BENCHMARK_CAPTURE(resample_float, field, 1.0, 0.25, 2.0, 0.0, cubic);
BENCHMARK_CAPTURE(resample_uint16, finer_source, 2.0, 0.25, 2.0, 0.0, cubic);
BENCHMARK_CAPTURE(resample_uint16, nearest, 1.0, 0.25, 2.0, 0.0, Interpolation::nearest);

}  // namespace
}  // namespace plotwatch::bench
