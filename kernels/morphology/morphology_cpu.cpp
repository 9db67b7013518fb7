#include <algorithm>
#include <cstring>

#include "kernels/base/check.hpp"
#include "kernels/base/multiversion.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/morphology/morphology.hpp"
#include "kernels/morphology/morphology_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int max_radius = 255;

// Erosion is the dilation of the complement, complemented: `flip` is 1 for it, 0 for dilation.
PLOTWATCH_MULTIVERSION void load_row(const std::uint8_t* __restrict in, int n, std::uint8_t flip,
                                     std::uint8_t* __restrict row) {
  for (int i = 0; i < n; ++i) row[i] = static_cast<std::uint8_t>((in[i] != 0) ^ flip);
}

PLOTWATCH_MULTIVERSION void add_row(const std::uint8_t* __restrict spread, int n, std::uint8_t* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>(out[i] | spread[i]);
}

// spread |= row moved by k to both sides; `row` is padded.
PLOTWATCH_MULTIVERSION void widen(const std::uint8_t* __restrict row, int k, int n, std::uint8_t* __restrict spread) {
  const std::uint8_t* __restrict left = row - k;
  const std::uint8_t* __restrict right = row + k;
  for (int i = 0; i < n; ++i) spread[i] = static_cast<std::uint8_t>(spread[i] | left[i] | right[i]);
}

PLOTWATCH_MULTIVERSION void flip_row(int n, std::uint8_t* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] ^= 1;
}

// Each input row is widened step by step; at each width it is or-ed into the output rows where the element is that
// wide.
void spread_mask(Mask in, int radius, Element element, MutableMask out, std::uint8_t flip, MorphologyScratch& scratch) {
  const int width = out.width, height = out.height;
  const std::size_t padded = static_cast<std::size_t>(width) + 2 * static_cast<std::size_t>(radius);
  if (scratch.row.size() < padded) scratch.row.resize(padded);
  if (scratch.spread.size() < padded) scratch.spread.resize(padded);
  std::fill_n(scratch.row.data(), padded, std::uint8_t{0});
  std::uint8_t* row = scratch.row.data() + radius;
  std::uint8_t* spread = scratch.spread.data();
  int reach[max_radius + 1];
  for (int dy = 0; dy <= radius; ++dy) reach[dy] = half_width(element, radius, dy);
  for (int y = 0; y < height; ++y) std::memset(out.row(y), 0, static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    load_row(in.row(y), width, flip, row);
    if (std::memchr(row, 1, static_cast<std::size_t>(width)) == nullptr) continue;
    std::memcpy(spread, row, static_cast<std::size_t>(width));
    int dy = radius;  // widths grow as rows come nearer to the centre
    for (int k = 0; k <= radius; ++k) {
      if (k > 0) widen(row, k, width, spread);
      for (; dy >= 0 && reach[dy] == k; --dy) {
        if (y - dy >= 0) add_row(spread, width, out.row(y - dy));
        if (dy > 0 && y + dy < height) add_row(spread, width, out.row(y + dy));
      }
    }
  }
  if (flip)
    for (int y = 0; y < height; ++y) flip_row(width, out.row(y));
}

void require_arguments(Mask in, int radius, MutableMask out, const char* kernel) {
  require_view(in, kernel);
  require_view(out, kernel);
  require_same_size(in, out, kernel);
  require(radius >= 0 && radius <= max_radius, kernel, "radius must be 0 to 255 pixels");
}

void run(Backend backend, Mask in, int radius, Element element, MutableMask out, std::uint8_t flip,
         MorphologyScratch& scratch, const char* kernel) {
  require_arguments(in, radius, out, kernel);
  require(in.empty() || in.data != out.data, kernel, "cannot work in place");
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const Mask there = trip.in(in);
    if (flip)
      trip.queue().erode(there, radius, element, trip.out(out));
    else
      trip.queue().dilate(there, radius, element, trip.out(out));
    return trip.finish();
  }
  if (!out.empty()) spread_mask(in, radius, element, out, flip, scratch);
}

}  // namespace

void dilate(Backend backend, Mask in, int radius, Element element, MutableMask out, MorphologyScratch& scratch) {
  run(backend, in, radius, element, out, 0, scratch, "dilate");
}

void erode(Backend backend, Mask in, int radius, Element element, MutableMask out, MorphologyScratch& scratch) {
  run(backend, in, radius, element, out, 1, scratch, "erode");
}

void close(Backend backend, Mask in, int radius, Element element, MutableMask out, MorphologyScratch& scratch) {
  require_arguments(in, radius, out, "close");
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const Mask there = trip.in(in);
    trip.queue().close(there, radius, element, trip.out(out));
    return trip.finish();
  }
  const std::size_t pixels = static_cast<std::size_t>(in.width) * static_cast<std::size_t>(in.height);
  if (scratch.between.size() < pixels) scratch.between.resize(pixels);
  const MutableMask between{scratch.between.data(), in.width, in.height, in.width};
  run(backend, in, radius, element, between, 0, scratch, "close");
  run(backend, between, radius, element, out, 1, scratch, "close");
}

}  // namespace plotwatch::kernels
