#include <cstdint>

#include "kernels/device/stream_queue.cuh"
#include "kernels/moments/moments_formula.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

constexpr int chunk = moment_chunk, lanes = moment_lanes, max_bands = max_moment_bands;
constexpr int groups = chunk / lanes;  // of threads, each busy with one sum of the chunk
constexpr unsigned all_lanes = 0xffffffffu;
constexpr int nothing_usable = 0x7f7f7f7f;  // chunks are fewer; made by filling bytes

struct Input {
  Planes<const float> samples;
  Mask usable;
  View<const float> weight;
};

// Sums of one chunk, in this order: weight, first moments, second moments row by row.
__host__ __device__ inline int sums_of(int bands) { return 1 + bands + bands * (bands + 1) / 2; }

__host__ __device__ inline int chunks_a_row(int width) { return (width + chunk - 1) / chunk; }

// The first chunk with a usable pixel: its mean is the shift of all sums.
__global__ void first_chunk_kernel(Mask usable, int* first) {
  const auto [x, y] = this_pixel();
  if (x < usable.width && y < usable.height && usable(x, y) != 0)
    atomicMin(first, y * chunks_a_row(usable.width) + x / chunk);
}

__global__ void shift_kernel(Input in, const int* first, MomentSums* sums) {
  const int b = static_cast<int>(threadIdx.x);
  if (*first == nothing_usable || b >= in.samples.bands) return;
  const int y = *first / chunks_a_row(in.usable.width), left = *first % chunks_a_row(in.usable.width) * chunk;
  double sum = 0;
  int count = 0;
  for (int x = left; x < left + chunk && x < in.usable.width; ++x) {
    if (in.usable(x, y) == 0) continue;
    sum += static_cast<double>(in.samples.band(b)(x, y));
    ++count;
  }
  sums->shift[b] = sum / count;
}

// Thread t holds pixel t of the chunk first, then lane t mod 16 of one sum after the other.
__global__ void chunk_kernel(Input in, const MomentSums* sums, double* partial, std::int32_t* counts) {
  PLOTWATCH_SHARED(double, weight, chunk);
  PLOTWATCH_SHARED(double, deviation, max_bands* chunk);
  PLOTWATCH_SHARED(std::int32_t, warp_counts, chunk / 32);
  const int thread = static_cast<int>(threadIdx.x), bands = in.samples.bands;
  const int number = static_cast<int>(blockIdx.x), row_chunks = chunks_a_row(in.usable.width);
  const int y = number / row_chunks, x = number % row_chunks * chunk + thread;
  const bool usable = x < in.usable.width && in.usable(x, y) != 0;
  weight[thread] = usable ? (in.weight.empty() ? 1.0 : shifted(in.weight(x, y), 0.0, true)) : 0.0;
  for (int b = 0; b < bands; ++b)
    deviation[b * chunk + thread] = usable ? shifted(in.samples.band(b)(x, y), sums->shift[b], true) : 0.0;
  const unsigned votes = __ballot_sync(all_lanes, usable);
  if (thread % 32 == 0) warp_counts[thread / 32] = __popc(votes);
  __syncthreads();
  if (thread == 0) {
    std::int32_t count = 0;
    for (int w = 0; w < chunk / 32; ++w) count += warp_counts[w];
    counts[number] = count;
  }
  // All threads stay until the last round, for they shuffle together.
  const int lane = thread % lanes, group = thread / lanes, total = sums_of(bands);
  for (int round = 0; round * groups < total; ++round) {
    const int sum = round * groups + group;
    // sum = 1 + b: first moment of band b. sum = 1 + bands + b (b + 1) / 2 + c: second moment of b and c.
    int b = -1, c = -1;
    if (sum > 0 && sum <= bands) b = sum - 1;
    if (sum > bands && sum < total) {
      b = 0;
      c = sum - 1 - bands;
      while (c > b) c -= ++b;
    }
    double part = 0;
    for (int i = lane; i < chunk; i += lanes) {
      double term = weight[i];
      if (b >= 0) term = term * deviation[b * chunk + i];
      if (c >= 0) term = term * deviation[c * chunk + i];
      part += term;
    }
    for (int apart = lanes / 2; apart > 0; apart /= 2) part += __shfl_down_sync(all_lanes, part, apart);
    if (lane == 0 && sum < total) partial[std::ptrdiff_t{number} * total + sum] = part;
  }
}

// A thread a sum: chunks in their order. Neighbouring threads read neighbouring sums.
__global__ void total_kernel(const double* partial, const std::int32_t* counts, int chunks, int bands,
                             MomentSums* sums) {
  const int sum = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x), total = sums_of(bands);
  if (sum == total) {
    std::int64_t count = 0;
    for (int k = 0; k < chunks; ++k) count += counts[k];
    sums->count = count;
  }
  if (sum >= total) return;
  double value = 0;
  for (int k = 0; k < chunks; ++k) value += partial[std::ptrdiff_t{k} * total + sum];
  if (sum == 0) {
    sums->weight = value;
  } else if (sum <= bands) {
    sums->first[sum - 1] = value;
  } else {
    int b = 0, c = sum - 1 - bands;
    while (c > b) c -= ++b;
    sums->second[b * max_bands + c] = value;
  }
}

}  // namespace

void StreamQueue::moments(Planes<const float> samples, Mask usable, View<const float> weight, MomentSums* sums) {
  fill(sums, 0, sizeof *sums);
  if (usable.empty()) return;
  const int bands = samples.bands, chunks = chunks_a_row(usable.width) * usable.height;
  const std::size_t partial_bytes =
      static_cast<std::size_t>(chunks) * static_cast<std::size_t>(sums_of(bands)) * sizeof(double);
  auto* memory =
      static_cast<char*>(scratch(partial_bytes + (static_cast<std::size_t>(chunks) + 1) * sizeof(std::int32_t)));
  auto* partial = reinterpret_cast<double*>(memory);
  auto* counts = reinterpret_cast<std::int32_t*>(memory + partial_bytes);
  std::int32_t* first = counts + chunks;
  const Input in{samples, usable, weight};
  fill(first, 0x7f, sizeof *first);
  launch("moments first chunk", first_chunk_kernel, over_pixels(usable.width, usable.height), usable, first);
  launch("moments shift", shift_kernel, Shape{dim3(1), dim3(32)}, in, first, sums);
  launch("moments chunks", chunk_kernel, Shape{dim3(static_cast<unsigned>(chunks)), dim3(chunk)}, in, sums, partial,
         counts);
  launch("moments total", total_kernel, Shape{dim3(ceil_divide(sums_of(bands) + 1, 64)), dim3(64)}, partial, counts,
         chunks, bands, sums);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
