// Union-find over blocks of 2 x 2 pixels with atomics: S. Allegretti, F. Bolelli, C. Grana, "Optimized block-based
// algorithms to label connected components on GPUs", IEEE TPDS 31(2), 2020; joining without retries over the image by
// Y. Komura, "GPU-based cluster-labeling algorithm without the use of conventional iteration", Comput. Phys. Commun.
// 194, 2015. A set's root is its smallest block, whatever the order in which threads come.
#include "kernels/components/components_formula.hpp"
#include "kernels/device/stream_queue.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

// Pixels that are not there are not set.
__device__ bool is_set(Mask mask, int x, int y) {
  return x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask(x, y) != 0;
}

// The larger root is hung below the smaller; who comes second finds what the first one wrote, and goes on from there.
__device__ void unite(std::int32_t* parent, std::int32_t a, std::int32_t b) {
  for (;;) {
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a == b) return;
    const std::int32_t low = a < b ? a : b, high = a < b ? b : a;
    const std::int32_t was = atomicMin(&parent[high], low);
    if (was == high) return;
    a = was, b = low;
  }
}

__global__ void begin_kernel(int blocks, std::int32_t* parent, std::uint8_t* supported) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i >= blocks) return;
  parent[i] = i;
  supported[i] = 0;
}

// A thread a block: joined with the four neighbours that come before it in rows from the top.
__global__ void unite_kernel(Mask mask, std::int32_t* parent) {
  const auto [bx, by] = this_pixel();
  const int x = 2 * bx, y = 2 * by, across = blocks_across(mask.width);
  if (x >= mask.width || y >= mask.height) return;
  const bool top_left = is_set(mask, x, y), top_right = is_set(mask, x + 1, y);
  const bool left = top_left || is_set(mask, x, y + 1), top = top_left || top_right;
  const std::int32_t here = by * across + bx;
  if (left && (is_set(mask, x - 1, y) || is_set(mask, x - 1, y + 1))) unite(parent, here, here - 1);
  if (top && (is_set(mask, x, y - 1) || is_set(mask, x + 1, y - 1))) unite(parent, here, here - across);
  if (top_left && is_set(mask, x - 1, y - 1)) unite(parent, here, here - across - 1);
  if (top_right && is_set(mask, x + 2, y - 1)) unite(parent, here, here - across + 1);
}

__global__ void flatten_kernel(int blocks, std::int32_t* parent) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < blocks) parent[i] = root_of(parent, i);
}

__global__ void label_kernel(Mask mask, const std::int32_t* parent, View<std::int32_t> labels) {
  const auto [x, y] = this_pixel();
  if (x >= mask.width || y >= mask.height) return;
  labels(x, y) = mask(x, y) != 0 ? 1 + parent[block_of(x, y, mask.width)] : 0;
}

// All who write a component's mark write the same.
__global__ void support_kernel(Mask weak, Mask strong, const std::int32_t* parent, std::uint8_t* supported) {
  const auto [x, y] = this_pixel();
  if (x >= weak.width || y >= weak.height || weak(x, y) == 0) return;
  if (strong(x, y) != 0 || on_edge(x, y, weak.width, weak.height)) supported[parent[block_of(x, y, weak.width)]] = 1;
}

__global__ void keep_kernel(Mask weak, const std::int32_t* parent, const std::uint8_t* supported, MutableMask out) {
  const auto [x, y] = this_pixel();
  if (x >= out.width || y >= out.height) return;
  out(x, y) = static_cast<std::uint8_t>(weak(x, y) != 0 && supported[parent[block_of(x, y, weak.width)]] != 0);
}

Shape over_blocks(Mask mask) { return over_pixels(blocks_across(mask.width), blocks_across(mask.height)); }

}  // namespace

StreamQueue::Sets StreamQueue::connect(const char* kernel, Mask mask) {
  const int blocks = blocks_across(mask.width) * blocks_across(mask.height);
  const auto count = static_cast<std::size_t>(blocks);
  auto* parent = static_cast<std::int32_t*>(scratch(count * (sizeof(std::int32_t) + 1)));
  const Sets sets{parent, reinterpret_cast<std::uint8_t*>(parent + count)};
  constexpr int threads = 256;
  const Shape line{dim3(ceil_divide(blocks, threads)), dim3(threads)};
  launch(kernel, begin_kernel, line, blocks, sets.parent, sets.marks);
  launch(kernel, unite_kernel, over_blocks(mask), mask, sets.parent);
  launch(kernel, flatten_kernel, line, blocks, sets.parent);
  return sets;
}

void StreamQueue::label_components(Mask in, View<std::int32_t> labels) {
  if (in.empty()) return;
  const Sets sets = connect("label_components", in);
  launch("label_components", label_kernel, over_pixels(in.width, in.height), in, sets.parent, labels);
}

void StreamQueue::keep_supported(Mask weak, Mask strong, MutableMask out) {
  if (weak.empty()) return;
  const Sets sets = connect("keep_supported", weak);
  const Shape pixels = over_pixels(weak.width, weak.height);
  launch("keep_supported", support_kernel, pixels, weak, strong, sets.parent, sets.marks);
  launch("keep_supported", keep_kernel, pixels, weak, sets.parent, sets.marks, out);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
