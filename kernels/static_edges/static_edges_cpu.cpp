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

PLOTWATCH_MULTIVERSION void add_band(Rows rows, const std::int32_t* __restrict across,
                                     const std::int32_t* __restrict along, float weight, int from, int to,
                                     float* __restrict energy) {
  const float* __restrict row = rows.row, * __restrict above = rows.above, * __restrict below = rows.below;
  for (int i = from; i < to; ++i)
    energy[i] += edge_energy(row[i - 1], row[i + 1], above[i], below[i], across[i] != 0, along[i] != 0, weight);
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

  void add(View<const float> band, float weight, float* energy) const {
    const Rows rows{band.row(y_) + x_, band.row(above_) + x_, band.row(below_) + x_};
    add_band(rows, across_, along_, weight, first(), last(), energy);
    // The view's first and last pixel have no neighbour on one side.
    const auto upright_only = [&](int i) {
      energy[i] += edge_energy(0, 0, rows.above[i], rows.below[i], false, along_[i] != 0, weight);
    };
    if (first() > 0) upright_only(0);
    if (last() < n_ && last() >= first()) upright_only(n_ - 1);
  }

  int size() const { return n_; }

 private:
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
      for (int b = 0; b < before.bands; ++b) {
        part.add(before.band(b), before_weight[static_cast<std::size_t>(b)], earlier);
        part.add(after.band(b), after_weight[static_cast<std::size_t>(b)], later);
      }
      finish(earlier, later, usable.row(y) + x, part.size(), out.row(y) + x);
    }
}

}  // namespace plotwatch::kernels
