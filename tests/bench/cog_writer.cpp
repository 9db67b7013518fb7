// How long a score raster takes to be written: bench_cog_writer FOLDER [SIDE [THREADS]]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/cog_writer.hpp"

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  if (argc < 2) {
    std::cerr << "bench_cog_writer FOLDER [SIDE [THREADS]]\n";
    return 2;
  }
  try {
    const int side = argc > 2 ? std::stoi(argv[2]) : 8192, threads = argc > 3 ? std::stoi(argv[3]) : 2;
    const std::string path = std::string(argv[1]) + "/bench_cog.tif";
    plotwatch::Grid grid;
    grid.width = grid.height = side;
    // The lower half of a normal distribution, as a calibrated score over mostly unchanged ground looks.
    std::vector<std::uint8_t> samples(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    std::mt19937 generator(1);
    std::normal_distribution<float> normal(0, 40);
    for (std::uint8_t& s : samples) s = static_cast<std::uint8_t>(std::min(254.0F, std::abs(normal(generator))));
    const auto start = Clock::now();
    plotwatch::io::CogWriter writer(path, grid, {});
    for (int y = 0; y < side; y += 256) {
      const int rows = std::min(256, side - y);
      writer.write_rows(plotwatch::kernels::View<const std::uint8_t>{
          samples.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(side), side, rows, side});
    }
    const auto written = Clock::now();
    writer.finish(threads);
    const auto finished = Clock::now();
    const auto seconds = [](auto from, auto to) { return std::chrono::duration<double>(to - from).count(); };
    std::cout << fmt::format("{:.3f} s: rows {:.3f} s, finish {:.3f} s; {:.1f} MB, {} threads\n",
                             seconds(start, finished), seconds(start, written), seconds(written, finished),
                             static_cast<double>(std::filesystem::file_size(path)) / 1e6, threads);
    std::filesystem::remove(path);
  } catch (const plotwatch::Error& e) {
    std::cerr << e.what() << '\n';
    return static_cast<int>(e.code());
  }
  return 0;
}
