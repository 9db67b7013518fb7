// The whole detection stage on one tile: from planes on the working grid to score, transition, rarity and runs.
#include <vector>

#include "bench/kernels/bench_tile.hpp"
#include "support/changed_pair.hpp"

namespace plotwatch::bench {
namespace {

// The pair of the tests over and over, so that the mixture of unchanged and changed ground is that of its model.
Tile<float> repeated(const std::vector<float>& date, int size) {
  Tile<float> tile(test::bands, size);
  const kernels::Planes<float> planes = tile.planes();
  for (int b = 0; b < test::bands; ++b)
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x)
        planes.band(b)(x, y) =
            date[static_cast<std::size_t>((b * test::side + y % test::side) * test::side + x % test::side)];
  return tile;
}

// residual_px: of the registration, which decides on the search of the change vector.
void detection(benchmark::State& state, double residual_px) {
  test::Pair pair = test::make_pair();
  const change::ChangeModel model = test::fitted(pair, {}, residual_px);
  const int halo = model.halo(), size = tile_size + 2 * halo;
  auto before = repeated(pair.before, size), after = repeated(pair.after, size);
  auto usable = random_mask(0, size);
  change::Workspace workspace;
  change::TileOutput out;
  for (auto _ : state)
    change::detect(model, {before.read(), after.read(), usable.read_view()}, {halo, halo, tile_size, tile_size}, 0, 0,
                   workspace, out);
  report(state, 2 * test::bands * sizeof(float) + 1 + 3);
}
BENCHMARK_CAPTURE(detection, four_bands, 0.1);
BENCHMARK_CAPTURE(detection, four_bands_searched, 0.6);

}  // namespace
}  // namespace plotwatch::bench
