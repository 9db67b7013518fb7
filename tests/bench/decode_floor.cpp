// The floor that scans are measured against: how long GDAL alone needs to decode every block of some files once.
//
//   bench_decode_floor FILE... [--threads N] [--json]
//
// Each thread has its own handle on each file and takes the next block that nobody has; all bands of a block are
// read by one RasterIO call, in the file's own sample type. Prints seconds and nanoseconds a sample.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gdal_priv.h>

#include "core/error.hpp"
#include "io/raster.hpp"

namespace {

struct Floor {
  std::string path;
  double seconds = 0;
  std::int64_t samples = 0;
  double ns_per_sample() const { return samples > 0 ? seconds * 1e9 / static_cast<double>(samples) : 0; }
};

std::int64_t decode_share(const std::string& path, std::atomic<int>& next) {
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR));
  if (!dataset) throw plotwatch::Error(plotwatch::ExitCode::input, "cannot be opened", path, "");
  GDALRasterBand& band = *dataset->GetRasterBand(1);
  int block_width = 0, block_height = 0;
  band.GetBlockSize(&block_width, &block_height);
  const int width = dataset->GetRasterXSize(), height = dataset->GetRasterYSize(), bands = dataset->GetRasterCount();
  const int across = (width + block_width - 1) / block_width, down = (height + block_height - 1) / block_height;
  const GDALDataType type = band.GetRasterDataType();
  std::vector<std::byte> samples(static_cast<std::size_t>(block_width) * static_cast<std::size_t>(block_height) *
                                 static_cast<std::size_t>(bands) *
                                 static_cast<std::size_t>(GDALGetDataTypeSizeBytes(type)));
  std::int64_t decoded = 0;
  for (int block; (block = next.fetch_add(1)) < across * down;) {
    const int x = block % across * block_width, y = block / across * block_height;
    const int w = std::min(block_width, width - x), h = std::min(block_height, height - y);
    if (dataset->RasterIO(GF_Read, x, y, w, h, samples.data(), w, h, type, bands, nullptr, 0, 0, 0, nullptr) != CE_None)
      throw plotwatch::Error(plotwatch::ExitCode::input, fmt::format("block {} cannot be decoded", block), path, "");
    decoded += std::int64_t{w} * h * bands;
  }
  return decoded;
}

Floor measure(const std::string& path, int threads) {
  std::atomic<int> next{0};
  std::atomic<std::int64_t> samples{0};
  std::vector<std::exception_ptr> failures(static_cast<std::size_t>(threads));
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t)
    workers.emplace_back([&, t] {
      try {
        samples += decode_share(path, next);
      } catch (...) {
        failures[static_cast<std::size_t>(t)] = std::current_exception();
      }
    });
  for (std::thread& worker : workers) worker.join();
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
  return {path, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), samples};
}

void print_text(const std::vector<Floor>& floors, const Floor& total, int threads) {
  for (const Floor& f : floors)
    std::cout << fmt::format("{:8.3f} s {:6.2f} ns/sample  {}\n", f.seconds, f.ns_per_sample(), f.path);
  std::cout << fmt::format("{:8.3f} s {:6.2f} ns/sample  all, {} threads\n", total.seconds, total.ns_per_sample(),
                           threads);
}

void print_json(const std::vector<Floor>& floors, const Floor& total, int threads) {
  std::string files;
  for (const Floor& f : floors) {
    std::string path;
    for (const char c : f.path) (c == '"' || c == '\\' ? path += '\\' : path) += c;
    files += fmt::format("{}{{\"path\":\"{}\",\"seconds\":{},\"samples\":{},\"ns_per_sample\":{}}}",
                         files.empty() ? "" : ",", path, f.seconds, f.samples, f.ns_per_sample());
  }
  std::cout << fmt::format("{{\"threads\":{},\"seconds\":{},\"samples\":{},\"ns_per_sample\":{},\"files\":[{}]}}\n",
                           threads, total.seconds, total.samples, total.ns_per_sample(), files);
}

int run(const std::vector<std::string>& arguments) {
  std::vector<std::string> paths;
  int threads = static_cast<int>(std::thread::hardware_concurrency());
  bool json = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--json") {
      json = true;
    } else if (arguments[i] == "--threads" && i + 1 < arguments.size()) {
      const std::string& n = arguments[++i];
      const auto [end, status] = std::from_chars(n.data(), n.data() + n.size(), threads);
      if (status != std::errc{} || end != n.data() + n.size() || threads < 1)
        throw plotwatch::Error(plotwatch::ExitCode::usage, "wants a whole number above 0", "--threads", "");
    } else {
      paths.push_back(arguments[i]);
    }
  }
  if (paths.empty())
    throw plotwatch::Error(plotwatch::ExitCode::usage, "no file named", "bench_decode_floor",
                           "bench_decode_floor FILE... [--threads N] [--json]");
  plotwatch::io::start_gdal();
  std::vector<Floor> floors;
  Floor total;
  for (const std::string& path : paths) {
    floors.push_back(measure(path, threads));
    total.seconds += floors.back().seconds;
    total.samples += floors.back().samples;
  }
  (json ? print_json : print_text)(floors, total, threads);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const plotwatch::Error& e) {
    std::cerr << e.what() << '\n';
    return static_cast<int>(e.code());
  }
}
