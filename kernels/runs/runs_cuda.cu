#include <cub/device/device_scan.cuh>

#include <algorithm>

#include "kernels/device/stream_queue.cuh"
#include "kernels/runs/runs_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int threads = 256;  // a block works on one row, so many pixels at a time
constexpr int warps = threads / 32;
constexpr unsigned all_lanes = 0xffffffffu;

__global__ void threshold_kernel(View<const std::uint8_t> score, std::uint8_t weak_cut, std::uint8_t strong_cut,
                                 MutableMask weak, MutableMask strong) {
  const auto [x, y] = this_pixel();
  if (x >= score.width || y >= score.height) return;
  const std::uint8_t value = score(x, y);
  weak(x, y) = passes(value, weak_cut);
  strong(x, y) = passes(value, strong_cut);
}

// How many runs start in each row.
__global__ void count_kernel(Mask weak, std::int32_t* counts) {
  PLOTWATCH_SHARED(std::int32_t, warp_counts, warps);
  const int thread = static_cast<int>(threadIdx.x), warp = thread / 32, lane = thread % 32;
  for (int y = static_cast<int>(blockIdx.x); y < weak.height; y += static_cast<int>(gridDim.x)) {
    std::int32_t count = 0;
    for (int base = 0; base < weak.width; base += threads) {
      const int x = base + thread;
      const bool starts = x < weak.width && starts_run(weak.row(y), x);
      count += __popc(__ballot_sync(all_lanes, starts));
    }
    if (lane == 0) warp_counts[warp] = count;
    __syncthreads();
    if (thread == 0) {
      std::int32_t sum = 0;
      for (int w = 0; w < warps; ++w) sum += warp_counts[w];
      counts[y] = sum;
    }
    __syncthreads();
  }
}

// A pixel's run is the one that started last at or before it: its number is the count of starts so far. Each field of a
// run is written by the pixel that knows it; `strong` is false before, and all who change it write the same.
__global__ void write_kernel(Mask weak, Mask strong, int origin_x, int origin_y, const std::int32_t* counts,
                             const std::int32_t* firsts, Run* runs, std::int32_t* count) {
  PLOTWATCH_SHARED(std::int32_t, warp_counts, warps);
  const int thread = static_cast<int>(threadIdx.x), warp = thread / 32, lane = thread % 32;
  for (int y = static_cast<int>(blockIdx.x); y < weak.height; y += static_cast<int>(gridDim.x)) {
    if (thread == 0 && y == weak.height - 1) *count = firsts[y] + counts[y];
    std::int32_t before = firsts[y];
    for (int base = 0; base < weak.width; base += threads) {
      const int x = base + thread;
      const bool inside = x < weak.width;
      const bool starts = inside && starts_run(weak.row(y), x);
      const unsigned votes = __ballot_sync(all_lanes, starts);
      if (lane == 0) warp_counts[warp] = __popc(votes);
      __syncthreads();
      std::int32_t so_far = before;
      for (int w = 0; w < warps; ++w) {
        const std::int32_t starts_there = warp_counts[w];
        so_far += w < warp ? starts_there : 0;
        before += starts_there;
      }
      so_far += __popc(votes & (all_lanes >> (31 - lane)));
      if (inside && weak(x, y) != 0) {
        Run& run = runs[so_far - 1];
        if (starts) {
          run.y = origin_y + y;
          run.x0 = origin_x + x;
        }
        if (x + 1 == weak.width || weak(x + 1, y) == 0) run.x1 = origin_x + x + 1;
        if (strong(x, y) != 0) run.strong = true;
      }
      __syncthreads();
    }
  }
}

}  // namespace

void StreamQueue::threshold(View<const std::uint8_t> score, std::uint8_t weak_cut, std::uint8_t strong_cut,
                            MutableMask weak, MutableMask strong) {
  launch("threshold", threshold_kernel, over_pixels(score.width, score.height), score, weak_cut, strong_cut, weak,
         strong);
}

void StreamQueue::extract_runs(Mask weak, Mask strong, int origin_x, int origin_y, Run* runs, std::int32_t* count) {
  fill(count, 0, sizeof *count);
  if (weak.empty()) return;
  fill(runs, 0, most_runs(weak.width, weak.height) * sizeof(Run));
  const int rows = weak.height;
  std::size_t scan_bytes = 0;
  const std::int32_t* no_counts = nullptr;
  std::int32_t* no_firsts = nullptr;
  check(cub::DeviceScan::ExclusiveSum(nullptr, scan_bytes, no_counts, no_firsts, rows, stream_), "planning a scan");
  constexpr std::size_t alignment = 256;
  const std::size_t row_bytes =
      (static_cast<std::size_t>(rows) * sizeof(std::int32_t) + alignment - 1) / alignment * alignment;
  auto* memory = static_cast<char*>(scratch(2 * row_bytes + scan_bytes));
  auto* counts = reinterpret_cast<std::int32_t*>(memory);
  auto* firsts = reinterpret_cast<std::int32_t*>(memory + row_bytes);
  const Shape shape{dim3(static_cast<unsigned>(rows)), dim3(threads)};
  launch("extract_runs count", count_kernel, shape, weak, counts);
  check(cub::DeviceScan::ExclusiveSum(memory + 2 * row_bytes, scan_bytes, static_cast<const std::int32_t*>(counts),
                                      firsts, rows, stream_),
        "the scan of extract_runs");
  launch("extract_runs write", write_kernel, shape, weak, strong, origin_x, origin_y, counts, firsts, runs, count);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
