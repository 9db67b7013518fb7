// What the block cache costs over plain decoding: reads a file in tiles with a halo, as a scan does.
//
//   bench_block_cache FILE [THREADS [BUDGET_MIB]]
//
// Compare with bench_decode_floor FILE --threads THREADS.
#include <atomic>
#include <chrono>
#include <iostream>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/tile.hpp"
#include "io/block_cache.hpp"
#include "io/raster.hpp"

namespace {

void run(const std::string& path, int threads, std::size_t budget_mib) {
  using namespace plotwatch;
  const io::RasterInfo info = io::describe_raster(path);
  std::vector<int> bands(info.bands.size());
  std::iota(bands.begin(), bands.end(), 1);
  const auto start = std::chrono::steady_clock::now();
  io::BlockCache cache(budget_mib << 20);
  const int source = cache.add(path, bands);
  const std::vector<Tile> tiles = cut(info.grid, {512, 16, 0, 0});
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t)
    workers.emplace_back([&] {
      io::PixelBuffer pixels;
      for (std::size_t i; (i = next.fetch_add(1)) < tiles.size();) cache.read(source, tiles[i].extended, pixels);
    });
  for (std::thread& worker : workers) worker.join();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const io::BlockCacheStats stats = cache.stats();
  std::cout << fmt::format("{:8.3f} s {:6.2f} ns/sample  {} cells decoded, {} of them again, peak {} MiB, {} threads\n",
                           seconds, seconds * 1e9 / static_cast<double>(stats.samples_decoded), stats.cells_decoded,
                           stats.cells_decoded_again, stats.peak_bytes >> 20, threads);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "bench_block_cache FILE [THREADS [BUDGET_MIB]]\n";
    return 2;
  }
  try {
    run(argv[1], argc > 2 ? std::stoi(argv[2]) : 2, argc > 3 ? std::stoul(argv[3]) : 128);
  } catch (const plotwatch::Error& e) {
    std::cerr << e.what() << '\n';
    return static_cast<int>(e.code());
  }
  return 0;
}
