#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/variates/variates.hpp"
#include "kernels/variates/variates_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int max_bands = 16;
constexpr int chunk = 512;  // px: 12 bands of it and the sums stay in L1

struct Bands {
  const float* sample[2 * max_bands];  // the chunk's first sample, a band
  int count;
};

// sum[i] += variate^2 for `K` variates in order, which share the loads of `N` bands.
template <int N, int K>
PLOTWATCH_INLINE void add_squares(const Bands& bands, const float* matrix, const float* constant, int n,
                                  float* __restrict sum) {
  const float* x[N];
  float m[K][N], c[K];
  for (int b = 0; b < N; ++b) x[b] = bands.sample[b];
  for (int k = 0; k < K; ++k) {
    c[k] = constant[k];
    for (int b = 0; b < N; ++b) m[k][b] = matrix[k * N + b];
  }
  for (int i = 0; i < n; ++i) {
    float total = sum[i];
    for (int k = 0; k < K; ++k) {
      const float value = variate(
          m[k], c[k], N, [&](int b) __attribute__((always_inline)) { return x[b][i]; });
      total = total + value * value;
    }
    sum[i] = total;
  }
}

template <int N>
PLOTWATCH_INLINE void add_all_squares(const Bands& bands, const VariatesParams& params, int n, float* sum) {
  const float* matrix = params.matrix.data();
  const float* constant = params.constant.data();
  int k = 0;
  for (; k + 2 <= params.variates; k += 2) add_squares<N, 2>(bands, matrix + k * N, constant + k, n, sum);
  if (k < params.variates) add_squares<N, 1>(bands, matrix + k * N, constant + k, n, sum);
}

// The same for any number of bands: through a buffer, four bands at a time, the sums in the same order.
PLOTWATCH_INLINE void add_all_squares_any(const Bands& bands, const VariatesParams& params, int n,
                                          float* __restrict sum) {
  float value[chunk];
  for (int k = 0; k < params.variates; ++k) {
    const float* m = params.matrix.data() + static_cast<std::ptrdiff_t>(k) * bands.count;
    const float constant = params.constant[static_cast<std::size_t>(k)];
    for (int i = 0; i < n; ++i) value[i] = constant;
    int b = 0;
    for (; b + 4 <= bands.count; b += 4) {
      const float *x0 = bands.sample[b], *x1 = bands.sample[b + 1], *x2 = bands.sample[b + 2],
                  *x3 = bands.sample[b + 3];
      const float m0 = m[b], m1 = m[b + 1], m2 = m[b + 2], m3 = m[b + 3];
      for (int i = 0; i < n; ++i) value[i] = (((value[i] + m0 * x0[i]) + m1 * x1[i]) + m2 * x2[i]) + m3 * x3[i];
    }
    for (; b < bands.count; ++b) {
      const float* x = bands.sample[b];
      const float m0 = m[b];
      for (int i = 0; i < n; ++i) value[i] = value[i] + m0 * x[i];
    }
    for (int i = 0; i < n; ++i) sum[i] += value[i] * value[i];
  }
}

PLOTWATCH_MULTIVERSION void norm_chunk(const Bands& bands, const VariatesParams& params,
                                       const std::uint8_t* __restrict usable, int n, float* out) {
  float sum[chunk];
  for (int i = 0; i < n; ++i) sum[i] = 0.0f;
  switch (bands.count) {
    case 6: add_all_squares<6>(bands, params, n, sum); break;
    case 8: add_all_squares<8>(bands, params, n, sum); break;
    case 12: add_all_squares<12>(bands, params, n, sum); break;
    default: add_all_squares_any(bands, params, n, sum); break;
  }
  if (params.square_root)
    for (int i = 0; i < n; ++i) sum[i] = std::sqrt(sum[i]);
  for (int i = 0; i < n; ++i) out[i] = usable[i] != 0 ? sum[i] : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

void variates_norm(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
                   const VariatesParams& params, View<float> out) {
  constexpr auto kernel = "variates_norm";
  require_planes(before, kernel);
  require_planes(after, kernel);
  require_view(usable, kernel);
  require_view(out, kernel);
  require(before.bands >= 1 && before.bands <= max_bands && after.bands >= 1 && after.bands <= max_bands, kernel,
          "1 to 16 bands on each date");
  require(params.variates >= 1 && params.variates <= max_bands, kernel, "1 to 16 variates");
  const auto variates = static_cast<std::size_t>(params.variates);
  require(params.matrix.size() == variates * static_cast<std::size_t>(before.bands + after.bands), kernel,
          "the matrix must have variates x (before bands + after bands) entries");
  require(params.constant.size() == variates, kernel, "one constant a variate");
  require_same_size(before, out, kernel);
  require_same_size(after, out, kernel);
  require_same_size(usable, out, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto before_there = trip.in(before), after_there = trip.in(after);
    trip.queue().variates_norm(before_there, after_there, trip.in(usable), params, trip.out(out));
    return trip.finish();
  }
  Bands bands;
  bands.count = before.bands + after.bands;
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; x += chunk) {
      for (int b = 0; b < before.bands; ++b) bands.sample[b] = &before.band(b)(x, y);
      for (int b = 0; b < after.bands; ++b) bands.sample[before.bands + b] = &after.band(b)(x, y);
      norm_chunk(bands, params, &usable(x, y), std::min(chunk, out.width - x), &out(x, y));
    }
  }
}

}  // namespace plotwatch::kernels
