#include "registration/overlap_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include <opencv2/core.hpp>

#include "kernels/base/multiversion.hpp"
#include "kernels/correlation/correlation_formula.hpp"
#include "registration/device_correlator.hpp"

namespace plotwatch::registration {
namespace {

bool textured(const GradientPair& band) { return band.before.texture && band.after.texture; }

// Zero-padded so that displacements do not wrap around.
kernels::CorrelationShape padded_shape(const Plane& plane, int reach) {
  return {plane.width, plane.height, cv::getOptimalDFTSize(plane.width + reach),
          cv::getOptimalDFTSize(plane.height + reach), reach};
}

cv::Mat spectrum(const Plane& re, const Plane* im, const kernels::CorrelationShape& shape) {
  cv::Mat m = cv::Mat::zeros(shape.rows, shape.columns, CV_32FC2);
  for (int y = 0; y < re.height; ++y) {
    float* row = m.ptr<float>(y);
    for (int x = 0; x < re.width; ++x) {
      row[2 * x] = re.row(y)[x];
      row[2 * x + 1] = im ? im->row(y)[x] : 0.0f;
    }
  }
  cv::dft(m, m, 0, re.height);
  return m;
}

// Sum over x of after(x + d) * conj(before(x)), for all d.
Surface correlation(const FieldPlanes& fields, const kernels::CorrelationShape& shape) {
  cv::Mat product;
  cv::mulSpectrums(spectrum(*fields.after_x, fields.after_y, shape), spectrum(*fields.before_x, fields.before_y, shape),
                   product, 0, true);
  cv::dft(product, product, cv::DFT_INVERSE | cv::DFT_SCALE);
  Surface surface{shape.reach, {}, 0};
  for (int dy = -shape.reach; dy <= shape.reach; ++dy)
    for (int dx = -shape.reach; dx <= shape.reach; ++dx)
      surface.values.push_back(
          product.ptr<float>(kernels::wrapped(dy, shape.rows))[2 * kernels::wrapped(dx, shape.columns)]);
  return surface;
}

Plane energy_of(const Gradient& g) {
  Plane energy(g.x.width, g.x.height);
  for (std::size_t i = 0; i < energy.samples.size(); ++i)
    energy.samples[i] = g.x.samples[i] * g.x.samples[i] + g.y.samples[i] * g.y.samples[i];
  return energy;
}

// On the device where there is one; no surfaces where it has no room.
std::vector<OverlapSurfaces> surfaces_of(const std::vector<GradientPair>& bands, int reach, DeviceCorrelator* device) {
  std::vector<OverlapSurfaces> all;
  for (const GradientPair& band : bands) {
    if (!textured(band)) continue;
    const Gradient &b = band.before, &a = band.after;
    const kernels::CorrelationShape shape = padded_shape(b.x, reach);
    const Plane before_energy = energy_of(b), after_energy = energy_of(a);
    const FieldPlanes fields[] = {{&b.x, &b.y, &a.x, &a.y},
                                  {&before_energy, nullptr, &a.weight, nullptr},
                                  {&b.weight, nullptr, &after_energy, nullptr}};
    std::vector<Surface> found;
    for (const FieldPlanes& f : fields) {
      if (!device) {
        found.push_back(correlation(f, shape));
        continue;
      }
      const PixelWindow whole{0, 0, shape.width, shape.height};
      std::vector<Surface> one = device->correlate({&f, 1}, {&whole, 1}, nullptr, shape);
      if (one.empty()) return {};
      found.push_back(std::move(one.front()));
    }
    all.push_back({std::move(found[0]), std::move(found[1]), std::move(found[2])});
  }
  return all;
}

}  // namespace

WholePixelShift best_overlap(const std::vector<GradientPair>& bands, int reach, DeviceCorrelator* device) {
  if (std::none_of(bands.begin(), bands.end(), textured)) return {};
  if (device)
    if (const std::vector<OverlapSurfaces> surfaces = surfaces_of(bands, reach, device); !surfaces.empty()) {
      const std::optional<WholePixelShift> sure = best_overlap_of(surfaces, reach);
      device->note(sure.has_value());
      if (sure) return *sure;
    }
  return *best_overlap_of(surfaces_of(bands, reach, nullptr), reach);
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
