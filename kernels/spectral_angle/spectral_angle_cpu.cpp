#include <algorithm>
#include <limits>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/spectral_angle/spectral_angle.hpp"
#include "kernels/spectral_angle/spectral_angle_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int max_bands = 16;
constexpr int max_radius = 4;
constexpr int chunk = 256;  // px

PLOTWATCH_MULTIVERSION void add_usable(const float* __restrict in, const std::uint8_t* __restrict usable, int n,
                                       float* __restrict sum) {
  for (int i = 0; i < n; ++i) sum[i] = sum[i] + (usable[i] != 0 ? in[i] : 0.0f);
}

PLOTWATCH_MULTIVERSION void add(const float* __restrict in, int n, float* __restrict sum) {
  for (int i = 0; i < n; ++i) sum[i] = sum[i] + in[i];
}

// Sums of one band over the patch of each of the n pixels from (x, y): down the columns first, then along the row, the
// order that every backend keeps.
void patch_sums(View<const float> band, Mask usable, int x, int y, int n, int radius, float* sum) {
  float columns[chunk + 2 * max_radius] = {};
  const int left = std::max(0, x - radius), right = std::min(band.width, x + n + radius);
  float* first = columns + (left - (x - radius));
  for (int row = std::max(0, y - radius); row <= std::min(band.height - 1, y + radius); ++row)
    add_usable(band.row(row) + left, usable.row(row) + left, right - left, first);
  std::fill_n(sum, n, 0.0f);
  for (int k = 0; k <= 2 * radius; ++k) add(columns + k, n, sum);
}

using Sums = float[max_bands][chunk];

// Bands > 0: their number, known here.
template <int Bands>
PLOTWATCH_INLINE void angles(int any_bands, const Sums& a, const Sums& b, const std::uint8_t* __restrict usable, int n,
                             float* __restrict out) {
  const int bands = Bands > 0 ? Bands : any_bands;
  for (int i = 0; i < n; ++i) {
    const float angle = angle_between(
        bands, [&](int k) __attribute__((always_inline)) { return a[k][i]; },
        [&](int k) __attribute__((always_inline)) { return b[k][i]; });
    out[i] = usable[i] != 0 ? angle : std::numeric_limits<float>::quiet_NaN();
  }
}

PLOTWATCH_MULTIVERSION void angles_of_chunk(int bands, const Sums& a, const Sums& b, const std::uint8_t* usable, int n,
                                            float* out) {
  switch (bands) {
    case 3: angles<3>(bands, a, b, usable, n, out); break;
    case 4: angles<4>(bands, a, b, usable, n, out); break;
    case 6: angles<6>(bands, a, b, usable, n, out); break;
    default: angles<0>(bands, a, b, usable, n, out); break;
  }
}

}  // namespace

void spectral_angle(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                    View<float> out) {
  constexpr auto kernel = "spectral_angle";
  require_planes(before, kernel);
  require_planes(after, kernel);
  require_view(usable, kernel);
  require_view(out, kernel);
  require(before.bands >= 2 && before.bands <= max_bands, kernel, "2 to 16 bands");
  require(before.bands == after.bands, kernel, "both dates must have the same bands");
  require(radius >= 0 && radius <= max_radius, kernel, "radius must be 0 to 4 pixels");
  require_same_size(before, out, kernel);
  require_same_size(after, out, kernel);
  require_same_size(usable, out, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().spectral_angle(trip.in(before), trip.in(after), trip.in(usable), radius, trip.out(out));
    return trip.finish();
  }
  Sums was, is;
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; x += chunk) {
      const int n = std::min(chunk, out.width - x);
      for (int b = 0; b < before.bands; ++b) {
        patch_sums(before.band(b), usable, x, y, n, radius, was[b]);
        patch_sums(after.band(b), usable, x, y, n, radius, is[b]);
      }
      angles_of_chunk(before.bands, was, is, usable.row(y) + x, n, out.row(y) + x);
    }
}

}  // namespace plotwatch::kernels
