#include <algorithm>
#include <cmath>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/moments/moments.hpp"
#include "kernels/moments/moments_formula.hpp"
#include "kernels/moments/moments_sums.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int max_bands = max_moment_bands;
constexpr int chunk = moment_chunk;  // deviations of 16 bands stay in L1
constexpr int lanes = moment_lanes;
using Sums = MomentSums;

// One chunk's samples; weight may be null: 1 everywhere.
struct Chunk {
  const float* sample[max_bands];
  const float* weight;
  const std::uint8_t* usable;
  int bands, n;
};

PLOTWATCH_INLINE double dot(const double* __restrict a, const double* __restrict b) {
  double lane[lanes] = {};
  for (int i = 0; i < chunk; i += lanes)
    for (int l = 0; l < lanes; ++l) lane[l] += a[i + l] * b[i + l];
  for (int width = lanes / 2; width > 0; width /= 2)
    for (int l = 0; l < width; ++l) lane[l] += lane[l + width];
  return lane[0];
}

PLOTWATCH_MULTIVERSION void add_chunk(const Chunk& in, Sums& sums) {
  alignas(64) double weight[chunk] = {}, ones[chunk], weighted[chunk];
  alignas(64) double deviation[max_bands][chunk];
  std::int32_t count = 0;
  for (int i = 0; i < in.n; ++i) count += in.usable[i] != 0;
  if (count == 0) return;
  for (double& one : ones) one = 1.0;
  if (in.weight) {
    for (int i = 0; i < in.n; ++i) weight[i] = shifted(in.weight[i], 0.0, in.usable[i] != 0);
  } else {
    for (int i = 0; i < in.n; ++i) weight[i] = in.usable[i] != 0 ? 1.0 : 0.0;
  }
  sums.count += count;
  sums.weight += dot(weight, ones);
  for (int b = 0; b < in.bands; ++b) {
    const float* __restrict x = in.sample[b];
    double* __restrict d = deviation[b];
    const double shift = sums.shift[b];
    for (int i = 0; i < in.n; ++i) d[i] = shifted(x[i], shift, in.usable[i] != 0);
    for (int i = in.n; i < chunk; ++i) d[i] = 0.0;
    for (int i = 0; i < chunk; ++i) weighted[i] = weight[i] * d[i];
    sums.first[b] += dot(weighted, ones);
    for (int c = 0; c <= b; ++c) sums.second[b * max_bands + c] += dot(weighted, deviation[c]);
  }
}

// The plain mean of the chunk's usable pixels: any value near the data will do, the result is exact whichever it is.
void set_shift(const Chunk& in, Sums& sums) {
  for (int b = 0; b < in.bands; ++b) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < in.n; ++i) {
      if (in.usable[i] == 0) continue;
      sum += static_cast<double>(in.sample[b][i]);
      ++count;
    }
    sums.shift[b] = sum / count;
  }
}

bool any_usable(const Chunk& in) {
  return std::any_of(in.usable, in.usable + in.n, [](std::uint8_t u) { return u != 0; });
}

Moments finished(const Sums& sums, int bands) {
  Moments out;
  out.n_bands = bands;
  out.count = sums.count;
  out.weight = sums.weight;
  const auto k = static_cast<std::size_t>(bands);
  out.mean.assign(k, 0.0);
  out.comoment.assign(k * k, 0.0);
  if (!(sums.weight > 0)) return out;
  for (std::size_t i = 0; i < k; ++i) {
    out.mean[i] = sums.shift[i] + sums.first[i] / sums.weight;
    for (std::size_t j = 0; j <= i; ++j) {
      const double second = sums.second[i * max_bands + j] - sums.first[i] * sums.first[j] / sums.weight;
      out.comoment[i * k + j] = out.comoment[j * k + i] = second;
    }
  }
  return out;
}

}  // namespace

void Moments::merge(const Moments& other) {
  if (other.n_bands == 0) return;
  if (n_bands == 0) {
    *this = other;
    return;
  }
  require(n_bands == other.n_bands, "Moments::merge", "the two have different numbers of bands");
  count += other.count;
  if (!(other.weight > 0)) return;
  const double total = weight + other.weight;
  const double share = other.weight / total;
  const auto k = static_cast<std::size_t>(n_bands);
  std::vector<double> delta(k);
  for (std::size_t i = 0; i < k; ++i) delta[i] = other.mean[i] - mean[i];
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j)
      comoment[i * k + j] += other.comoment[i * k + j] + delta[i] * delta[j] * (weight * share);
    mean[i] += delta[i] * share;
  }
  weight = total;
}

Moments moments(Backend backend, Planes<const float> samples, Mask usable, View<const float> weight) {
  constexpr auto kernel = "moments";
  require(samples.bands >= 1 && samples.bands <= max_bands, kernel, "1 to 16 bands");
  require_planes(samples, kernel);
  require_view(usable, kernel);
  require_view(weight, kernel);
  require_same_size(samples, usable, kernel);
  if (!weight.empty()) require_same_size(weight, usable, kernel);
  Sums sums;
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().moments(trip.in(samples), trip.in(usable), trip.in(weight), trip.out(&sums, 1));
    trip.finish();
    return finished(sums, samples.bands);
  }
  Chunk in;
  in.bands = samples.bands;
  bool shift_known = false;
  for (int y = 0; y < samples.height; ++y) {
    for (int x = 0; x < samples.width; x += chunk) {
      in.n = std::min(chunk, samples.width - x);
      in.usable = &usable(x, y);
      in.weight = weight.empty() ? nullptr : &weight(x, y);
      for (int b = 0; b < in.bands; ++b) in.sample[b] = &samples.band(b)(x, y);
      if (!shift_known && any_usable(in)) {
        set_shift(in, sums);
        shift_known = true;
      }
      add_chunk(in, sums);
    }
  }
  return finished(sums, samples.bands);
}

}  // namespace plotwatch::kernels
