#include "registration/overlap_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <opencv2/core.hpp>

#include "kernels/base/multiversion.hpp"

namespace plotwatch::registration {
namespace {

constexpr int peak_width = 3;          // px around the peak that are no background
constexpr double least_overlap = 0.1;  // of the largest overlap; smaller ones correlate by chance

// Complex spectrum of real or complex samples, zero-padded so that displacements do not wrap around.
template <class Real, class Imaginary>
cv::Mat spectrum(int width, int height, cv::Size padded, Real real, Imaginary imaginary) {
  cv::Mat m = cv::Mat::zeros(padded, CV_32FC2);
  for (int y = 0; y < height; ++y) {
    float* row = m.ptr<float>(y);
    for (int x = 0; x < width; ++x) {
      row[2 * x] = real(x, y);
      row[2 * x + 1] = imaginary(x, y);
    }
  }
  cv::dft(m, m, 0, height);
  return m;
}

// Sum over x of after(x + d) * conj(before(x)), for all d.
cv::Mat correlation(const cv::Mat& after, const cv::Mat& before) {
  cv::Mat product;
  cv::mulSpectrums(after, before, product, 0, true);
  cv::dft(product, product, cv::DFT_INVERSE | cv::DFT_SCALE);
  return product;
}

struct Surfaces {
  cv::Mat product, before_energy, after_energy;  // real parts are the values
};

Surfaces correlate_band(const GradientPair& band, cv::Size padded) {
  const Gradient &b = band.before, &a = band.after;
  const int w = b.x.width, h = b.x.height;
  const auto zero = [](int, int) { return 0.0f; };
  const auto x_of = [](const Gradient& g) { return [&g](int x, int y) { return g.x.row(y)[x]; }; };
  const auto y_of = [](const Gradient& g) { return [&g](int x, int y) { return g.y.row(y)[x]; }; };
  const auto weight_of = [](const Gradient& g) { return [&g](int x, int y) { return g.weight.row(y)[x]; }; };
  const auto energy_of = [](const Gradient& g) {
    return [&g](int x, int y) { return g.x.row(y)[x] * g.x.row(y)[x] + g.y.row(y)[x] * g.y.row(y)[x]; };
  };
  return {correlation(spectrum(w, h, padded, x_of(a), y_of(a)), spectrum(w, h, padded, x_of(b), y_of(b))),
          correlation(spectrum(w, h, padded, weight_of(a), zero), spectrum(w, h, padded, energy_of(b), zero)),
          correlation(spectrum(w, h, padded, energy_of(a), zero), spectrum(w, h, padded, weight_of(b), zero))};
}

}  // namespace

WholePixelShift best_overlap(const std::vector<GradientPair>& bands, int reach) {
  const int side = 2 * reach + 1;
  std::vector<double> product(static_cast<std::size_t>(side) * side, 0.0), energy(product.size(), 0.0);
  for (const GradientPair& band : bands) {
    if (!band.before.texture || !band.after.texture) continue;
    const cv::Size padded(cv::getOptimalDFTSize(band.before.x.width + reach),
                          cv::getOptimalDFTSize(band.before.x.height + reach));
    const Surfaces s = correlate_band(band, padded);
    std::size_t i = 0;
    for (int dy = -reach; dy <= reach; ++dy)
      for (int dx = -reach; dx <= reach; ++dx, ++i) {
        const int column = 2 * ((dx + padded.width) % padded.width), row = (dy + padded.height) % padded.height;
        product[i] += s.product.ptr<float>(row)[column];
        const double before = s.before_energy.ptr<float>(row)[column], after = s.after_energy.ptr<float>(row)[column];
        energy[i] += std::sqrt(std::max(before, 0.0) * std::max(after, 0.0));
      }
  }
  const double largest = *std::max_element(energy.begin(), energy.end());
  if (!(largest > 1)) return {};

  // Normalised by the root of the overlap, so that every displacement has the same spread by chance.
  for (std::size_t i = 0; i < product.size(); ++i)
    product[i] = energy[i] >= least_overlap * largest ? product[i] / std::sqrt(energy[i]) : 0.0;
  const auto best = std::size_t(std::max_element(product.begin(), product.end()) - product.begin());
  WholePixelShift found{int(best) % side - reach, int(best) / side - reach, 0};
  double background = 0;
  int count = 0;
  for (std::size_t i = 0; i < product.size(); ++i) {
    const int dx = int(i) % side - reach, dy = int(i) / side - reach;
    if (energy[i] < least_overlap * largest) continue;
    if (std::abs(dx - found.dx) <= peak_width && std::abs(dy - found.dy) <= peak_width) continue;
    background += product[i] * product[i];
    ++count;
  }
  if (count > 0 && background > 0 && product[best] > 0)
    found.significance = product[best] / std::sqrt(background / count);
  return found;
}

// Products and energies of one row, column by column: no sum depends on the vector width.
PLOTWATCH_MULTIVERSION void add_products(const float* ax, const float* ay, const float* aw, const float* bx,
                                         const float* by, const float* bw, float* products, float* before, float* after,
                                         int n) {
#pragma GCC ivdep
  for (int c = 0; c < n; ++c) {
    products[c] += ax[c] * bx[c] + ay[c] * by[c];
    before[c] += aw[c] * (bx[c] * bx[c] + by[c] * by[c]);
    after[c] += bw[c] * (ax[c] * ax[c] + ay[c] * ay[c]);
  }
}

WholePixelShift best_near(const std::vector<GradientPair>& bands, int x, int y, int radius) {
  WholePixelShift best{x, y, 0};
  if (bands.empty()) return best;
  const int width = bands.front().before.x.width, height = bands.front().before.x.height;
  const auto columns = static_cast<std::size_t>(width);
  std::vector<float> sums(3 * columns);
  double highest = -1;
  for (int dy = y - radius; dy <= y + radius; ++dy)
    for (int dx = x - radius; dx <= x + radius; ++dx) {
      const int x0 = std::max(0, -dx), n = width - std::abs(dx);
      if (n <= 0 || std::abs(dy) >= height) continue;
      std::fill(sums.begin(), sums.end(), 0.0f);
      for (const GradientPair& band : bands) {
        const Gradient &b = band.before, &a = band.after;
        for (int r = std::max(0, -dy); r < height - std::max(0, dy); ++r) {
          const int s = r + dy, xa = x0 + dx;
          add_products(a.x.row(s) + xa, a.y.row(s) + xa, a.weight.row(s) + xa, b.x.row(r) + x0, b.y.row(r) + x0,
                       b.weight.row(r) + x0, sums.data(), sums.data() + columns, sums.data() + 2 * columns, n);
        }
      }
      double total[3] = {0, 0, 0};
      for (std::size_t i = 0; i < 3 * columns; ++i) total[i / columns] += sums[i];
      const double energy = std::sqrt(total[1] * total[2]);
      if (energy > 0 && total[0] / energy > highest) highest = total[0] / energy, best.dx = dx, best.dy = dy;
    }
  return best;
}

}  // namespace plotwatch::registration
