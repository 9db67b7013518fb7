#include <algorithm>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/static_edges/static_edges.hpp"
#include "kernels/static_edges/static_edges_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr std::size_t max_bands = 16;
constexpr int chunk = 512;  // px

// A chunk of a row and the rows beside it. Where there is none, the row itself stands in and `along` is 0.
struct Rows {
  const float *row, *above, *below;
};

// Some bands at once: masks are read and sums kept once for all of them. Bands are added in their order.
template <int bands>
PLOTWATCH_MULTIVERSION void add_bands(const Rows* rows, const float* weights, const std::int32_t* __restrict across,
                                      const std::int32_t* __restrict along, int from, int to,
                                      float* __restrict energy) {
  const float *row[bands], *above[bands], *below[bands];
  float weight[bands];
  for (int b = 0; b < bands; ++b)
    row[b] = rows[b].row, above[b] = rows[b].above, below[b] = rows[b].below, weight[b] = weights[b];
#pragma GCC ivdep
  for (int i = from; i < to; ++i) {
    const bool is_across = across[i] != 0, is_along = along[i] != 0;
    float sum = energy[i];
#pragma GCC unroll 4
    for (int b = 0; b < bands; ++b)
      sum += edge_energy(row[b][i - 1], row[b][i + 1], above[b][i], below[b][i], is_across, is_along, weight[b]);
    energy[i] = sum;
  }
}

PLOTWATCH_MULTIVERSION void both(const std::uint8_t* a, const std::uint8_t* b, int n, std::int32_t* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] = (a[i] != 0) & (b[i] != 0);
}

PLOTWATCH_MULTIVERSION void finish(const float* __restrict before, const float* __restrict after,
                                   const std::uint8_t* __restrict usable, int n, float* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] = static_energy(before[i], after[i], usable[i] != 0);
}

class Chunk {
 public:
  Chunk(Mask usable, int x, int y) : x_(x), y_(y), n_(std::min(chunk, usable.width - x)), width_(usable.width) {
    above_ = std::max(y - 1, 0);
    below_ = std::min(y + 1, usable.height - 1);
    const bool inside = above_ == y - 1 && below_ == y + 1;
    const std::uint8_t *row = usable.row(y) + x, *above = usable.row(above_) + x, *below = usable.row(below_) + x;
    if (inside)
      both(above, below, n_, along_);
    else
      std::fill_n(along_, n_, std::int32_t{0});
    if (last() > first()) both(row + first() - 1, row + first() + 1, last() - first(), across_ + first());
  }

  // All bands of a date.
  void add(Planes<const float> date, std::span<const float> weights, float* energy) const {
    int b = 0;
    for (; b + 4 <= date.bands; b += 4) add_some<4>(date, b, weights, energy);
    for (; b + 2 <= date.bands; b += 2) add_some<2>(date, b, weights, energy);
    for (; b < date.bands; ++b) add_some<1>(date, b, weights, energy);
  }

  int size() const { return n_; }

 private:
  template <int bands>
  void add_some(Planes<const float> date, int band, std::span<const float> weights, float* energy) const {
    Rows rows[bands];
    for (int b = 0; b < bands; ++b) {
      const View<const float> v = date.band(band + b);
      rows[b] = {v.row(y_) + x_, v.row(above_) + x_, v.row(below_) + x_};
    }
    add_bands<bands>(rows, weights.data() + band, across_, along_, first(), last(), energy);
    // The view's first and last pixel have no neighbour on one side.
    const auto upright_only = [&](int i) {
      for (int b = 0; b < bands; ++b)
        energy[i] += edge_energy(0, 0, rows[b].above[i], rows[b].below[i], false, along_[i] != 0,
                                 weights[static_cast<std::size_t>(band + b)]);
    };
    if (first() > 0) upright_only(0);
    if (last() < n_ && last() >= first()) upright_only(n_ - 1);
  }

  int first() const { return x_ == 0 ? 1 : 0; }
  int last() const { return x_ + n_ == width_ ? n_ - 1 : n_; }

  int x_, y_, n_, width_, above_, below_;
  std::int32_t across_[chunk], along_[chunk];  // as wide as the samples they choose
};

}  // namespace

void static_edges(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
                  std::span<const float> before_weight, std::span<const float> after_weight, View<float> out) {
  constexpr auto kernel = "static_edges";
  require_planes(before, kernel);
  require_planes(after, kernel);
  require_view(usable, kernel);
  require_view(out, kernel);
  require_same_size(before, after, kernel);
  require_same_size(before, usable, kernel);
  require_same_size(before, out, kernel);
  require(before.bands >= 1 && before.bands <= static_cast<int>(max_bands), kernel, "1 to 16 bands");
  require(before.bands == after.bands, kernel, "dates differ in their number of bands");
  require(before_weight.size() == static_cast<std::size_t>(before.bands) && after_weight.size() == before_weight.size(),
          kernel, "one weight a band and date");
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto was = trip.in(before), is = trip.in(after);
    const auto mask = trip.in(usable);
    trip.queue().static_edges(was, is, mask, before_weight, after_weight, trip.out(out));
    return trip.finish();
  }
  float earlier[chunk], later[chunk];
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; x += chunk) {
      const Chunk part(usable, x, y);
      std::fill_n(earlier, part.size(), 0.0f);
      std::fill_n(later, part.size(), 0.0f);
      part.add(before, before_weight, earlier);
      part.add(after, after_weight, later);
      finish(earlier, later, usable.row(y) + x, part.size(), out.row(y) + x);
    }
}

}  // namespace plotwatch::kernels
