#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/base/check.hpp"
#include "kernels/change_vector/change_vector.hpp"
#include "kernels/change_vector/change_vector_formula.hpp"
#include "kernels/device/round_trip.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int max_bands = 16;
constexpr int max_radius = 8;
constexpr int chunk = 512;  // px

// A chunk of a row and its neighbours in one direction.
struct Pair {
  const float *before[max_bands], *after[max_bands];            // at p
  const float *before_near[max_bands], *after_near[max_bands];  // at q
  const std::uint8_t* usable_near;
  int bands;
  int from, to;  // pixels of the chunk whose neighbour lies inside the view
};

// Bands > 0: their number, known here.
template <int Bands>
PLOTWATCH_INLINE void compare(const Pair& pair, float* __restrict forth, float* __restrict back) {
  const float *x[max_bands], *y[max_bands], *xq[max_bands], *yq[max_bands];
  const int bands = Bands > 0 ? Bands : pair.bands;
  for (int b = 0; b < bands; ++b) {
    x[b] = pair.before[b];
    y[b] = pair.after[b];
    xq[b] = pair.before_near[b];
    yq[b] = pair.after_near[b];
  }
  const std::uint8_t* __restrict near = pair.usable_near;
  for (int i = pair.from; i < pair.to; ++i) {
    const float e1 = squared_distance(
        bands, [&](int b) __attribute__((always_inline)) { return x[b][i]; },
        [&](int b) __attribute__((always_inline)) { return yq[b][i]; });
    const float e2 = squared_distance(
        bands, [&](int b) __attribute__((always_inline)) { return xq[b][i]; },
        [&](int b) __attribute__((always_inline)) { return y[b][i]; });
    const float least1 = e1 < forth[i] ? e1 : forth[i];
    const float least2 = e2 < back[i] ? e2 : back[i];
    forth[i] = near[i] != 0 ? least1 : forth[i];
    back[i] = near[i] != 0 ? least2 : back[i];
  }
}

PLOTWATCH_MULTIVERSION void compare_chunk(const Pair& pair, float* __restrict forth, float* __restrict back) {
  switch (pair.bands) {
    case 3: compare<3>(pair, forth, back); break;
    case 4: compare<4>(pair, forth, back); break;
    case 6: compare<6>(pair, forth, back); break;
    default: compare<0>(pair, forth, back); break;
  }
}

PLOTWATCH_MULTIVERSION void finish_chunk(const float* __restrict forth, const float* __restrict back,
                                         const std::uint8_t* __restrict usable, int n, bool squared,
                                         float* __restrict out) {
  for (int i = 0; i < n; ++i) {
    const float larger = forth[i] > back[i] ? forth[i] : back[i];
    const float value = squared ? larger : std::sqrt(larger);
    out[i] = usable[i] != 0 ? value : std::numeric_limits<float>::quiet_NaN();
  }
}

// Points at the chunk that starts at (x, y) and at its neighbours by (dx, dy). Neighbours' pointers may start outside
// the row; only [from, to) is read.
void aim(Planes<const float> before, Planes<const float> after, Mask usable, int x, int y, int dx, int dy, int n,
         Pair& pair) {
  for (int b = 0; b < pair.bands; ++b) {
    pair.before[b] = before.band(b).row(y) + x;
    pair.after[b] = after.band(b).row(y) + x;
    pair.before_near[b] = before.band(b).row(y + dy) + (x + dx);
    pair.after_near[b] = after.band(b).row(y + dy) + (x + dx);
  }
  pair.usable_near = usable.row(y + dy) + (x + dx);
  pair.from = std::max(0, -(x + dx));
  pair.to = std::min(n, before.width - (x + dx));
}

}  // namespace

void change_vector(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                   View<float> out, bool squared) {
  constexpr auto kernel = "change_vector";
  require_planes(before, kernel);
  require_planes(after, kernel);
  require_view(usable, kernel);
  require_view(out, kernel);
  require(before.bands >= 1 && before.bands <= max_bands, kernel, "1 to 16 bands");
  require(before.bands == after.bands, kernel, "both dates must have the same bands");
  require(radius >= 0 && radius <= max_radius, kernel, "radius must be 0 to 8 pixels");
  require_same_size(before, out, kernel);
  require_same_size(after, out, kernel);
  require_same_size(usable, out, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().change_vector(trip.in(before), trip.in(after), trip.in(usable), radius, trip.out(out), squared);
    return trip.finish();
  }
  float forth[chunk], back[chunk];
  Pair pair;
  pair.bands = before.bands;
  for (int y = 0; y < out.height; ++y) {
    const int top = std::max(-radius, -y), bottom = std::min(radius, out.height - 1 - y);
    for (int x = 0; x < out.width; x += chunk) {
      const int n = std::min(chunk, out.width - x);
      std::fill_n(forth, n, std::numeric_limits<float>::infinity());
      std::fill_n(back, n, std::numeric_limits<float>::infinity());
      for (int dy = top; dy <= bottom; ++dy) {
        for (int dx = -radius; dx <= radius; ++dx) {
          aim(before, after, usable, x, y, dx, dy, n, pair);
          if (pair.from < pair.to) compare_chunk(pair, forth, back);
        }
      }
      finish_chunk(forth, back, &usable(x, y), n, squared, &out(x, y));
    }
  }
}

}  // namespace plotwatch::kernels
