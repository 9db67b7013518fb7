#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/base/check.hpp"
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

// sum[i] += variate^2 for one variate. N > 0: the number of bands, known here.
template <int N>
PLOTWATCH_INLINE void add_square(const Bands& bands, const float* row, float constant, int n, float* __restrict sum) {
  const float* x[2 * max_bands];
  float m[2 * max_bands];
  const int count = N > 0 ? N : bands.count;
  for (int b = 0; b < count; ++b) {
    x[b] = bands.sample[b];
    m[b] = row[b];
  }
  for (int i = 0; i < n; ++i) {
    const float value = variate(m, constant, count, [&](int b) __attribute__((always_inline)) { return x[b][i]; });
    sum[i] += value * value;
  }
}

// The same for any number of bands: band by band through a buffer, the sums in the same order.
PLOTWATCH_INLINE void add_square_any(const Bands& bands, const float* row, float constant, int n,
                                     float* __restrict sum) {
  float value[chunk];
  for (int i = 0; i < n; ++i) value[i] = constant;
  for (int b = 0; b < bands.count; ++b) {
    const float* __restrict x = bands.sample[b];
    const float m = row[b];
    for (int i = 0; i < n; ++i) value[i] = value[i] + m * x[i];
  }
  for (int i = 0; i < n; ++i) sum[i] += value[i] * value[i];
}

PLOTWATCH_MULTIVERSION void norm_chunk(const Bands& bands, const VariatesParams& params,
                                       const std::uint8_t* __restrict usable, int n, float* out) {
  float sum[chunk];
  for (int i = 0; i < n; ++i) sum[i] = 0.0f;
  for (int k = 0; k < params.variates; ++k) {
    const float* row = params.matrix.data() + static_cast<std::ptrdiff_t>(k) * bands.count;
    const float constant = params.constant[static_cast<std::size_t>(k)];
    switch (bands.count) {
      case 6: add_square<6>(bands, row, constant, n, sum); break;
      case 8: add_square<8>(bands, row, constant, n, sum); break;
      case 12: add_square<12>(bands, row, constant, n, sum); break;
      default: add_square_any(bands, row, constant, n, sum); break;
    }
  }
  if (params.square_root)
    for (int i = 0; i < n; ++i) sum[i] = std::sqrt(sum[i]);
  for (int i = 0; i < n; ++i) out[i] = usable[i] != 0 ? sum[i] : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

void variates_norm(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
                   const VariatesParams& params, View<float> out) {
  constexpr auto kernel = "variates_norm";
  require_cpu(backend, kernel);
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
