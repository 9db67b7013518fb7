#include <algorithm>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/rarity/rarity.hpp"
#include "kernels/rarity/rarity_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int chunk = 512;  // px
constexpr int max_bands = 16;

PLOTWATCH_MULTIVERSION void add_band(const float* __restrict samples, float weight, int n, float* __restrict position) {
  for (int i = 0; i < n; ++i) position[i] += weight * samples[i];
}

PLOTWATCH_MULTIVERSION void add_level(const float* __restrict position, std::int32_t stride, int n,
                                      std::int32_t* __restrict cell) {
  for (int i = 0; i < n; ++i) cell[i] += stride * rarity_level(position[i]);
}

void cells_of(Planes<const float> date, const float* axes, int x, int y, int n, std::int32_t* cell) {
  float position[chunk];
  std::fill_n(cell, n, 0);
  for (int axis = 0, stride = 1; axis < rarity_axes; ++axis, stride *= rarity_levels, axes += date.bands + 1) {
    std::fill_n(position, n, axes[date.bands]);
    for (int b = 0; b < date.bands; ++b) add_band(date.band(b).row(y) + x, axes[b], n, position);
    add_level(position, stride, n, cell);
  }
}

void require_params(const RarityParams& p, int bands, const char* kernel) {
  const auto axes = static_cast<std::size_t>(rarity_axes * (bands + 1));
  require(p.before_axes.size() == axes && p.after_axes.size() == axes, kernel,
          "three axes of bands + 1 numbers a date");
  require(p.classes.size() == rarity_cells, kernel, "one class a cell");
  require(p.table.size() == std::size_t{rarity_classes} * rarity_classes, kernel,
          "one rarity for each pair of classes");
  require(std::all_of(p.classes.begin(), p.classes.end(), [](std::uint8_t c) { return c < rarity_classes; }), kernel,
          "a class is too high");
}

}  // namespace

void rarity(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
            const RarityParams& params, MutableMask out) {
  constexpr auto kernel = "rarity";
  require_planes(before, kernel);
  require_planes(after, kernel);
  require_view(usable, kernel);
  require_view(out, kernel);
  require_same_size(before, out, kernel);
  require_same_size(after, out, kernel);
  require_same_size(usable, out, kernel);
  require(before.bands >= 1 && before.bands <= max_bands && after.bands == before.bands, kernel,
          "1 to 16 bands, as many on both dates");
  require_params(params, before.bands, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto was = trip.in(before), is = trip.in(after);
    const auto mask = trip.in(usable);
    const std::uint8_t *classes = trip.in(params.classes), *table = trip.in(params.table);
    trip.queue().rarity(was, is, mask, params.before_axes, params.after_axes, classes, table, trip.out(out));
    return trip.finish();
  }
  std::int32_t was[chunk], is[chunk];
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; x += chunk) {
      const int n = std::min(chunk, out.width - x);
      cells_of(before, params.before_axes.data(), x, y, n, was);
      cells_of(after, params.after_axes.data(), x, y, n, is);
      const std::uint8_t *classes = params.classes.data(), *table = params.table.data(), *there = usable.row(y) + x;
      std::uint8_t* to = out.row(y) + x;
      for (int i = 0; i < n; ++i) to[i] = rarity_of(classes[was[i]], classes[is[i]], there[i] != 0, table);
    }
}

}  // namespace plotwatch::kernels
