// Nanoseconds a pixel and bytes a second of every kernel on one tile, beside the floor that memory sets.
#include <benchmark/benchmark.h>

#include <cstring>
#include <optional>
#include <random>

#include "bench/kernels/bench_tile.hpp"
#include "kernels/affine/affine.hpp"
#include "kernels/change_vector/change_vector.hpp"
#include "kernels/components/components.hpp"
#include "kernels/cover/cover.hpp"
#include "kernels/gaussian/gaussian.hpp"
#include "kernels/logarithm/logarithm.hpp"
#include "kernels/moments/moments.hpp"
#include "kernels/morphology/morphology.hpp"
#include "kernels/quality/quality.hpp"
#include "kernels/rarity/rarity.hpp"
#include "kernels/runs/runs.hpp"
#include "kernels/significance/significance.hpp"
#include "kernels/spectral_angle/spectral_angle.hpp"
#include "kernels/static_edges/static_edges.hpp"
#include "kernels/stretch/stretch.hpp"
#include "kernels/variates/variates.hpp"
#include "support/rarity_tables.hpp"

namespace plotwatch::bench {
namespace {

using namespace kernels;

void memcpy_floor(benchmark::State& state) {
  Tile<float> in, out;
  for (auto _ : state) {
    std::memcpy(out.data(), in.data(), tile_pixels * sizeof(float));
    benchmark::ClobberMemory();
  }
  report(state, 2 * sizeof(float));
}
BENCHMARK(memcpy_floor);

void quality(benchmark::State& state) {
  Tile<std::uint16_t> in;
  Tile<std::uint8_t> out;
  std::mt19937 random(1);
  in.fill([&] { return static_cast<std::uint16_t>(random() & 0x7fff); });
  const std::vector<std::uint8_t> table(65536, 1);
  for (auto _ : state) usable_from_quality(Backend::cpu, in.read_view(), table, out.view());
  report(state, 3);
}
BENCHMARK(quality);

void affine_map(benchmark::State& state) {
  auto in = random_samples(1);
  Tile<float> out;
  for (auto _ : state) affine(Backend::cpu, in.read_view(), 1.1f, 0.2f, out.view());
  report(state, 2 * sizeof(float));
}
BENCHMARK(affine_map);

void logarithms(benchmark::State& state) {
  Tile<float> in, out;
  std::mt19937 random(4);
  std::uniform_real_distribution<float> uniform(0.0f, 40.0f);
  in.fill([&] { return uniform(random); });
  for (auto _ : state) logarithm(Backend::cpu, in.read_view(), 1e-3f, out.view());
  report(state, 2 * sizeof(float));
}
BENCHMARK(logarithms);

void closing(benchmark::State& state) {
  auto in = random_mask(0.9);
  Tile<std::uint8_t> out;
  MorphologyScratch scratch;
  const auto element = state.range(1) != 0 ? Element::disk : Element::square;
  for (auto _ : state)
    close(Backend::cpu, in.read_view(), static_cast<int>(state.range(0)), element, out.view(), scratch);
  report(state, 4);
}
BENCHMARK(closing)->ArgNames({"radius", "disk"})->Args({1, 1})->Args({3, 1})->Args({16, 0})->Args({16, 1});

void moments_of_stack(benchmark::State& state) {
  auto in = random_samples(static_cast<int>(state.range(0)));
  auto weight = random_samples(1);
  auto mask = random_mask(0.1);
  for (auto _ : state) benchmark::DoNotOptimize(moments(Backend::cpu, in.read(), mask.read_view(), weight.read_view()));
  report(state, (static_cast<std::size_t>(state.range(0)) + 1) * sizeof(float) + 1);
}
BENCHMARK(moments_of_stack)->ArgName("bands")->Arg(8)->Arg(12);

void variates(benchmark::State& state) {
  const int bands = static_cast<int>(state.range(0));
  auto before = random_samples(bands), after = random_samples(bands);
  auto mask = random_mask(0.1);
  Tile<float> out;
  const std::vector<float> matrix(static_cast<std::size_t>(2 * bands * bands), 0.3f);
  const std::vector<float> constant(static_cast<std::size_t>(bands), 0.1f);
  const VariatesParams params{bands, matrix, constant, true};
  for (auto _ : state) variates_norm(Backend::cpu, before.read(), after.read(), mask.read_view(), params, out.view());
  report(state, static_cast<std::size_t>(2 * bands + 1) * sizeof(float) + 1);
}
BENCHMARK(variates)->ArgName("bands")->Arg(3)->Arg(4)->Arg(5)->Arg(6);

void change(benchmark::State& state) {
  const int bands = static_cast<int>(state.range(0));
  auto before = random_samples(bands), after = random_samples(bands);
  auto mask = random_mask(0.1);
  Tile<float> out;
  for (auto _ : state)
    change_vector(Backend::cpu, before.read(), after.read(), mask.read_view(), static_cast<int>(state.range(1)),
                  out.view());
  report(state, static_cast<std::size_t>(2 * bands + 1) * sizeof(float) + 1);
}
BENCHMARK(change)->ArgNames({"bands", "radius"})->Args({4, 0})->Args({4, 1})->Args({4, 2})->Args({6, 1});

void smoothing(benchmark::State& state) {
  auto in = random_samples(1);
  auto mask = random_mask(0.1);
  Tile<float> out;
  GaussianScratch scratch;
  for (auto _ : state)
    gaussian(Backend::cpu, in.read_view(), mask.read_view(), static_cast<float>(state.range(0)), out.view(), scratch);
  report(state, 2 * sizeof(float) + 1);
}
BENCHMARK(smoothing)->ArgName("sigma")->Arg(1)->Arg(2)->Arg(4);

void patch_angle(benchmark::State& state) {
  const int bands = static_cast<int>(state.range(0)), radius = static_cast<int>(state.range(1));
  auto before = random_samples(bands), after = random_samples(bands);
  auto mask = random_mask(0.1);
  Tile<float> out;
  for (auto _ : state) spectral_angle(Backend::cpu, before.read(), after.read(), mask.read_view(), radius, out.view());
  report(state, static_cast<std::size_t>(2 * bands + 1) * sizeof(float) + 1);
}
BENCHMARK(patch_angle)->ArgNames({"bands", "radius"})->Args({4, 1})->Args({6, 1})->Args({4, 2});

void edges(benchmark::State& state) {
  const int bands = static_cast<int>(state.range(0));
  auto before = random_samples(bands), after = random_samples(bands);
  auto mask = random_mask(0.1);
  Tile<float> out;
  const std::vector<float> weights(static_cast<std::size_t>(bands), 0.5f);
  for (auto _ : state)
    static_edges(Backend::cpu, before.read(), after.read(), mask.read_view(), weights, weights, out.view());
  report(state, static_cast<std::size_t>(2 * bands + 1) * sizeof(float) + 1);
}
BENCHMARK(edges)->ArgName("bands")->Arg(4)->Arg(6);

void pair_rarity(benchmark::State& state) {
  const int bands = static_cast<int>(state.range(0));
  auto before = random_samples(bands), after = random_samples(bands);
  auto mask = random_mask(0.02);
  Tile<std::uint8_t> out;
  const test::RarityTables tables = test::random_rarity_tables(bands, 1);
  for (auto _ : state) rarity(Backend::cpu, before.read(), after.read(), mask.read_view(), tables.params(), out.view());
  report(state, static_cast<std::size_t>(2 * bands) * sizeof(float) + 2);
}
BENCHMARK(pair_rarity)->ArgName("bands")->Arg(4)->Arg(6);

void along_edges(benchmark::State& state) {
  auto z = random_samples(1), along = random_samples(1);
  const NullCurve curve{-1, 0.1f, std::vector<NullModel>(33, NullModel{0, 1})};
  for (auto _ : state) standardise_along(Backend::cpu, z.view(), along.read_view(), curve);
  report(state, 3 * sizeof(float));
}
BENCHMARK(along_edges);

void fuse(benchmark::State& state) {
  auto a = random_samples(1), b = random_samples(1), c = random_samples(1), d = random_samples(1);
  auto mask = random_mask(0.1);
  Tile<float> z;
  const std::vector<View<const float>> scores = {a.read_view(), b.read_view(), c.read_view(), d.read_view()};
  const std::vector<NullModel> models(4, NullModel{0.1f, 2.0f});
  for (auto _ : state) fuse_minimum(Backend::cpu, scores, models, mask.read_view(), z.view());
  report(state, 5 * sizeof(float) + 1);
}
BENCHMARK(fuse);

void score(benchmark::State& state) {
  auto z = random_samples(1);
  auto mask = random_mask(0.1);
  Tile<std::uint8_t> out;
  for (auto _ : state) to_score(Backend::cpu, z.read_view(), NullModel{0.1f, 1.1f}, mask.read_view(), out.view());
  report(state, sizeof(float) + 2);
}
BENCHMARK(score);

void cover_codes(benchmark::State& state) {
  auto before = random_samples(6), after = random_samples(6);
  auto mask = random_mask(0.1);
  Tile<std::uint8_t> code;
  CoverParams params;
  params.blue = 0, params.green = 1, params.red = 2, params.nir = 3;
  if (state.range(0) == 6) params.swir16 = 4, params.swir22 = 5;
  for (auto _ : state)
    transition(Backend::cpu, before.read(), after.read(), mask.read_view(), params, params, code.view());
  report(state, 8 * sizeof(float) + 2);
}
BENCHMARK(cover_codes)->ArgName("bands")->Arg(4)->Arg(6);

void cuts(benchmark::State& state) {
  Tile<std::uint8_t> in, weak, strong;
  std::mt19937 random(2);
  in.fill([&] { return static_cast<std::uint8_t>(random() % 256); });
  for (auto _ : state) threshold(Backend::cpu, in.read_view(), 150, 170, weak.view(), strong.view());
  report(state, 3);
}
BENCHMARK(cuts);

void runs(benchmark::State& state) {
  auto weak = random_mask(0.98), strong = random_mask(0.99);
  std::vector<Run> out;
  for (auto _ : state) {
    out.clear();
    extract_runs(Backend::cpu, weak.read_view(), strong.read_view(), 0, 0, out);
    benchmark::DoNotOptimize(out.data());
  }
  report(state, 2);
}
BENCHMARK(runs);

void supported(benchmark::State& state) {
  auto weak = random_mask(0.98), strong = random_mask(0.99);
  Tile<std::uint8_t> out;
  ComponentsScratch scratch;
  for (auto _ : state) keep_supported(Backend::cpu, weak.read_view(), strong.read_view(), out.view(), scratch);
  report(state, 3);
}
BENCHMARK(supported);

void labels(benchmark::State& state) {
  auto mask = random_mask(0.98);
  Tile<std::int32_t> out;
  ComponentsScratch scratch;
  for (auto _ : state) label_components(Backend::cpu, mask.read_view(), out.view(), scratch);
  report(state, 5);
}
BENCHMARK(labels);

void stretched(benchmark::State& state) {
  auto in = random_samples(1);
  auto mask = random_mask(0.1);
  Tile<std::uint8_t> out;
  for (auto _ : state) to_byte(Backend::cpu, in.read_view(), mask.read_view(), Stretch{-2, 2}, out.view());
  report(state, sizeof(float) + 2);
}
BENCHMARK(stretched);

}  // namespace
}  // namespace plotwatch::bench
