// Weighted moments in two passes of long double.
#pragma once

#include <vector>

#include "kernels/moments/moments.hpp"

namespace plotwatch::test {

inline kernels::Moments naive_moments(kernels::Planes<const float> samples, kernels::Mask usable,
                                      kernels::View<const float> weight) {
  const auto bands = static_cast<std::size_t>(samples.bands);
  kernels::Moments out;
  out.n_bands = samples.bands;
  const auto each = [&](auto visit) {
    for (int y = 0; y < samples.height; ++y)
      for (int x = 0; x < samples.width; ++x)
        if (usable(x, y) != 0) visit(x, y, weight.empty() ? 1.0L : static_cast<long double>(weight(x, y)));
  };
  const auto sample = [&](std::size_t b, int x, int y) {
    return static_cast<long double>(samples.band(static_cast<int>(b))(x, y));
  };
  long double total = 0;
  std::vector<long double> mean(bands), second(bands * bands);
  each([&](int x, int y, long double w) {
    ++out.count;
    total += w;
    for (std::size_t b = 0; b < bands; ++b) mean[b] += w * sample(b, x, y);
  });
  for (auto& m : mean) m /= total;
  each([&](int x, int y, long double w) {
    for (std::size_t i = 0; i < bands; ++i)
      for (std::size_t j = 0; j < bands; ++j)
        second[i * bands + j] += w * (sample(i, x, y) - mean[i]) * (sample(j, x, y) - mean[j]);
  });
  out.weight = static_cast<double>(total);
  for (const auto m : mean) out.mean.push_back(static_cast<double>(m));
  for (const auto s : second) out.comoment.push_back(static_cast<double>(s));
  return out;
}

}  // namespace plotwatch::test
