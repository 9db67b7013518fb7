#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/gaussian/gaussian.hpp"
#include "kernels/gaussian/gaussian_formula.hpp"
#include "kernels/gaussian/taps.hpp"

namespace plotwatch::kernels {
namespace {

constexpr float max_sigma = 64;
constexpr int chunk = 512;  // px

// The sum along whatever `near[k + radius]` points at: neighbours in a row, or the same column of neighbouring rows.
template <int Radius>
PLOTWATCH_INLINE void smooth_unrolled(const float* const* near, const float* taps, int n, float* __restrict out) {
  const float* row[2 * Radius + 1];
  float t[Radius + 1];
  for (int k = 0; k <= 2 * Radius; ++k) row[k] = near[k];
  for (int k = 0; k <= Radius; ++k) t[k] = taps[k];
  for (int i = 0; i < n; ++i)
    out[i] = symmetric_sum(
        t, Radius, [&](int k) __attribute__((always_inline)) { return row[Radius + k][i]; });
}

// Wide ones: three steps outwards at a time, in the same order.
PLOTWATCH_INLINE void smooth_any(const float* const* near, const float* taps, int radius, int n,
                                 float* __restrict out) {
  const float* centre = near[radius];
  for (int i = 0; i < n; ++i) out[i] = taps[0] * centre[i];
  int k = 1;
  for (; k + 2 <= radius; k += 3) {
    const float *l0 = near[radius - k], *l1 = near[radius - k - 1], *l2 = near[radius - k - 2];
    const float *r0 = near[radius + k], *r1 = near[radius + k + 1], *r2 = near[radius + k + 2];
    const float t0 = taps[k], t1 = taps[k + 1], t2 = taps[k + 2];
    for (int i = 0; i < n; ++i)
      out[i] = ((out[i] + t0 * (l0[i] + r0[i])) + t1 * (l1[i] + r1[i])) + t2 * (l2[i] + r2[i]);
  }
  for (; k <= radius; ++k) {
    const float *left = near[radius - k], *right = near[radius + k];
    const float t = taps[k];
    for (int i = 0; i < n; ++i) out[i] = out[i] + t * (left[i] + right[i]);
  }
}

PLOTWATCH_MULTIVERSION void smooth(const float* const* near, const float* taps, int radius, int n,
                                   float* __restrict out) {
  switch (radius) {
    case 2: smooth_unrolled<2>(near, taps, n, out); break;
    case 3: smooth_unrolled<3>(near, taps, n, out); break;
    case 4: smooth_unrolled<4>(near, taps, n, out); break;
    case 6: smooth_unrolled<6>(near, taps, n, out); break;
    default: smooth_any(near, taps, radius, n, out); break;
  }
}

PLOTWATCH_MULTIVERSION void split_row(const float* __restrict in, const std::uint8_t* __restrict usable, int n,
                                      float* __restrict value, float* __restrict mask) {
  for (int i = 0; i < n; ++i) {
    value[i] = usable[i] != 0 ? in[i] : 0.0f;
    mask[i] = usable[i] != 0 ? 1.0f : 0.0f;
  }
}

PLOTWATCH_MULTIVERSION void divide_row(const float* __restrict value, const float* __restrict mask,
                                       const std::uint8_t* __restrict usable, int n, float* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] = usable[i] != 0 ? value[i] / mask[i] : std::numeric_limits<float>::quiet_NaN();
}

void copy(View<const float> in, Mask usable, View<float> out) {
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      out(x, y) = usable(x, y) != 0 ? in(x, y) : std::numeric_limits<float>::quiet_NaN();
}

// Rows already smoothed along x, value and mask, of the 2 * radius + 1 rows that an output row needs; one more row of
// zeros stands for all rows outside the view.
class Window {
 public:
  Window(int width, int radius, GaussianScratch& scratch) : width_(width), radius_(radius), scratch_(scratch) {
    const std::size_t rows = 2 * (static_cast<std::size_t>(rows_kept()) + 1);
    grow(scratch.rows, rows * static_cast<std::size_t>(width));
    std::fill_n(row(rows_kept(), 0), 2 * width, 0.0f);
    const std::size_t padded = static_cast<std::size_t>(width) + 2 * static_cast<std::size_t>(radius);
    grow(scratch.padded, 2 * padded);
    std::fill_n(scratch.padded.data(), 2 * padded, 0.0f);
  }

  void push(View<const float> in, Mask usable, int y) {
    float* value = scratch_.padded.data();
    float* mask = value + width_ + 2 * radius_;
    split_row(in.row(y), usable.row(y), width_, value + radius_, mask + radius_);
    along(value, row(y % rows_kept(), 0));
    along(mask, row(y % rows_kept(), 1));
  }

  // Sum down the column for output row y; which: 0 value, 1 mask.
  void down(int y, int height, int x, int n, int which, float* out) {
    for (int k = -radius_; k <= radius_; ++k) {
      const bool inside = y + k >= 0 && y + k < height;
      near_[k + radius_] = row(inside ? (y + k) % rows_kept() : rows_kept(), which) + x;
    }
    smooth(near_, scratch_.taps.data(), radius_, n, out);
  }

 private:
  static void grow(std::vector<float>& v, std::size_t size) {
    if (v.size() < size) v.resize(size);
  }
  int rows_kept() const { return 2 * radius_ + 1; }
  float* row(int slot, int which) { return scratch_.rows.data() + (2 * std::ptrdiff_t{slot} + which) * width_; }
  void along(const float* padded, float* out) {
    for (int k = 0; k <= 2 * radius_; ++k) near_[k] = padded + k;
    smooth(near_, scratch_.taps.data(), radius_, width_, out);
  }

  int width_, radius_;
  GaussianScratch& scratch_;
  const float* near_[2 * max_gaussian_radius + 1];
};

}  // namespace

int gaussian_radius(float sigma) {
  require(sigma >= 0.0f && sigma <= max_sigma, "gaussian", "sigma must be 0 to 64 pixels");
  return static_cast<int>(std::ceil(3.0f * sigma));
}

void gaussian(Backend backend, View<const float> in, Mask usable, float sigma, View<float> out,
              GaussianScratch& scratch) {
  constexpr auto kernel = "gaussian";
  require_view(in, kernel);
  require_view(usable, kernel);
  require_view(out, kernel);
  require_same_size(in, out, kernel);
  require_same_size(usable, out, kernel);
  const int radius = gaussian_radius(sigma);
  if (out.empty()) return;
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto there = trip.in(in);
    trip.queue().gaussian(there, trip.in(usable), sigma, trip.out(out));
    return trip.finish();
  }
  if (radius == 0) return copy(in, usable, out);
  scratch.taps.resize(static_cast<std::size_t>(radius) + 1);
  make_taps(sigma, radius, scratch.taps.data());
  Window window(out.width, radius, scratch);
  float value[chunk], mask[chunk];
  for (int y = 0; y < std::min(radius, out.height); ++y) window.push(in, usable, y);
  for (int y = 0; y < out.height; ++y) {
    if (y + radius < out.height) window.push(in, usable, y + radius);
    for (int x = 0; x < out.width; x += chunk) {
      const int n = std::min(chunk, out.width - x);
      window.down(y, out.height, x, n, 0, value);
      window.down(y, out.height, x, n, 1, mask);
      divide_row(value, mask, &usable(x, y), n, &out(x, y));
    }
  }
}

}  // namespace plotwatch::kernels
