#include "io/pyramid.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace plotwatch::io {
namespace {

// floor(sum / count) for sum < 1024 as a multiplication: the error of the rounded-up reciprocal stays below 1 / count.
constexpr std::array<std::uint32_t, 5> reciprocal{0, 65536, 32768, 21846, 16384};

std::uint8_t average(const std::array<std::uint8_t, 4>& four, std::uint8_t nodata) {
  std::uint32_t sum = 0, count = 0;
  for (const std::uint8_t v : four) {
    const std::uint32_t valid = v != nodata;
    sum += valid * v;
    count += valid;
  }
  const auto mean = static_cast<std::uint8_t>(((sum + count / 2) * reciprocal[count]) >> 16);
  return count == 0 ? nodata : mean;
}

std::uint8_t most_frequent(const std::array<std::uint8_t, 4>& four, std::uint8_t nodata) {
  if (four[0] == four[1] && four[1] == four[2] && four[2] == four[3]) return four[0];
  std::uint8_t best = nodata;
  std::ptrdiff_t most = 0;
  for (const std::uint8_t v : four) {
    const auto count = v == nodata ? 0 : std::count(four.begin(), four.end(), v);
    if (count > most) {
      most = count;
      best = v;
    }
  }
  return best;
}

template <class Join>
void halve_row(const std::uint8_t* upper, const std::uint8_t* lower, int width, std::uint8_t nodata, Join join,
               std::uint8_t* out) {
  const int whole = width / 2;
  for (int x = 0; x < whole; ++x) {
    const std::size_t i = 2 * static_cast<std::size_t>(x);
    out[x] = join({upper[i], upper[i + 1], lower[i], lower[i + 1]}, nodata);
  }
  // Beyond the right edge there is nodata, which never counts.
  if (width % 2 != 0) out[whole] = join({upper[width - 1], nodata, lower[width - 1], nodata}, nodata);
}

}  // namespace

std::vector<std::uint8_t> halve(kernels::View<const std::uint8_t> samples, std::uint8_t nodata, Halving how) {
  const int width = (samples.width + 1) / 2, height = (samples.height + 1) / 2;
  std::vector<std::uint8_t> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const std::vector<std::uint8_t> below(static_cast<std::size_t>(samples.width), nodata);
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* upper = samples.row(2 * y);
    const std::uint8_t* lower = 2 * y + 1 < samples.height ? samples.row(2 * y + 1) : below.data();
    std::uint8_t* row = out.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    if (how == Halving::average)
      halve_row(upper, lower, samples.width, nodata, average, row);
    else
      halve_row(upper, lower, samples.width, nodata, most_frequent, row);
  }
  return out;
}

}  // namespace plotwatch::io
