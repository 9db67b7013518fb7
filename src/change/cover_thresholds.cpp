#include "change/cover_thresholds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace plotwatch::change {
namespace {

// Ranges within which the date's own histogram may place a threshold.
constexpr double vegetation_low = 0.15, vegetation_high = 0.45;                  // NDVI
constexpr double visible_vegetation_low = 0.02, visible_vegetation_high = 0.15;  // (green - red) / (green + red)
constexpr double bare_low = -0.05, bare_high = 0.25;                             // bare soil index with SWIR
constexpr double visible_bare_low = 0.05, visible_bare_high = 0.30;              // (red - blue) / (red + blue)
constexpr double dark_share = 0.005;

float percentile(std::vector<float> values, double share) {
  if (values.empty()) return 0;
  const auto k = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<std::size_t>(k)];
}

int plane_of(const std::vector<BandRole>& roles, BandRole role) {
  const auto at = std::find(roles.begin(), roles.end(), role);
  return at == roles.end() ? -1 : static_cast<int>(at - roles.begin());
}

// The sample's bands of one date, with the dark object taken off.
class DateSample {
 public:
  DateSample(const PixelSample& sample, When when)
      : sample_(sample),
        first_(when == When::before ? 0 : sample.bands),
        dark_(static_cast<std::size_t>(sample.bands)) {}

  std::vector<float> band(int plane) const {
    std::vector<float> values(sample_.pixels());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = raw(i, plane);
    return values;
  }
  void subtract_dark() {
    for (int b = 0; b < sample_.bands; ++b) dark_[static_cast<std::size_t>(b)] = percentile(band(b), dark_share);
  }
  float dark(int plane) const { return plane < 0 ? 0 : dark_[static_cast<std::size_t>(plane)]; }
  float value(std::size_t pixel, int plane) const { return std::max(raw(pixel, plane) - dark(plane), 0.0f); }

  // (sum of p - sum of q) / (sum of both) of the pixels that `keep` lets through.
  std::vector<float> index(std::initializer_list<int> p, std::initializer_list<int> q,
                           const std::function<bool(std::size_t)>& keep) const {
    std::vector<float> values;
    for (std::size_t i = 0; i < sample_.pixels(); ++i) {
      if (!keep(i)) continue;
      const float v = one(i, p, q);
      if (std::isfinite(v)) values.push_back(v);
    }
    return values;
  }
  float one(std::size_t pixel, std::initializer_list<int> p, std::initializer_list<int> q) const {
    float a = 0, b = 0;
    for (const int k : p) a += value(pixel, k);
    for (const int k : q) b += value(pixel, k);
    return a + b > 0 ? (a - b) / (a + b) : std::numeric_limits<float>::quiet_NaN();
  }

 private:
  float raw(std::size_t pixel, int plane) const {
    return sample_
        .values[pixel * 2 * static_cast<std::size_t>(sample_.bands) + static_cast<std::size_t>(first_ + plane)];
  }
  const PixelSample& sample_;
  int first_;
  std::vector<float> dark_;
};

}  // namespace

double otsu(const std::vector<float>& values, double low, double high, double fallback) {
  constexpr int bins = 256;
  std::array<double, bins> count{};
  for (const float v : values)
    if (v >= low && v < high) ++count[static_cast<std::size_t>((v - low) / (high - low) * bins)];
  double total = 0, moment = 0;
  for (int i = 0; i < bins; ++i)
    total += count[static_cast<std::size_t>(i)], moment += i * count[static_cast<std::size_t>(i)];
  double below = 0, below_moment = 0, best = 0;
  int cut = -1;
  for (int i = 0; i < bins - 1; ++i) {
    below += count[static_cast<std::size_t>(i)];
    below_moment += i * count[static_cast<std::size_t>(i)];
    if (below <= 0 || below >= total) continue;
    const double gap = moment * below / total - below_moment;
    const double between = gap * gap / (below * (total - below));
    if (between > best) best = between, cut = i;
  }
  return cut < 0 ? fallback : low + (cut + 1) * (high - low) / bins;
}

kernels::CoverParams cover_params(const PixelSample& sample, When when, const std::vector<BandRole>& roles,
                                  Calibration calibration) {
  kernels::CoverParams p;
  p.blue = plane_of(roles, BandRole::blue);
  p.green = plane_of(roles, BandRole::green);
  p.red = plane_of(roles, BandRole::red);
  p.nir = plane_of(roles, BandRole::nir);
  p.swir16 = plane_of(roles, BandRole::swir16);
  p.swir22 = plane_of(roles, BandRole::swir22);

  DateSample date(sample, when);
  if (calibration != Calibration::surface_reflectance) date.subtract_dark();
  p.dark_blue = date.dark(p.blue);
  p.dark_green = date.dark(p.green);
  p.dark_red = date.dark(p.red);
  p.dark_nir = date.dark(p.nir);
  p.dark_swir16 = date.dark(p.swir16);

  const auto every = [](std::size_t) { return true; };
  const bool has_nir = p.nir >= 0 && p.red >= 0, has_swir = p.swir16 >= 0;
  if (has_nir)
    p.vegetation_ndvi = static_cast<float>(
        std::clamp(otsu(date.index({p.nir}, {p.red}, every), -1, 1, 0.3), vegetation_low, vegetation_high));
  else if (p.green >= 0 && p.red >= 0)
    p.vegetation_ndvi = static_cast<float>(std::clamp(otsu(date.index({p.green}, {p.red}, every), -0.5, 0.5, 0.06),
                                                      visible_vegetation_low, visible_vegetation_high));
  p.water_index = has_swir ? 0.1f : 0.2f;  // MNDWI (Xu 2006) and NDWI (McFeeters 1996): above 0 in clear water

  // Bare and built are told apart among what is neither vegetation nor water.
  const auto dry_ground = [&](std::size_t i) {
    if (p.green >= 0 && (has_swir || p.nir >= 0) &&
        date.one(i, {p.green}, {has_swir ? p.swir16 : p.nir}) > p.water_index)
      return false;
    if (has_nir) return date.one(i, {p.nir}, {p.red}) <= p.vegetation_ndvi;
    if (p.green >= 0 && p.red >= 0) return date.one(i, {p.green}, {p.red}) <= p.vegetation_ndvi;
    return true;
  };
  if (has_swir && has_nir && p.blue >= 0)
    p.built_index = -static_cast<float>(std::clamp(
        otsu(date.index({p.swir16, p.red}, {p.nir, p.blue}, dry_ground), -0.5, 0.6, 0.1), bare_low, bare_high));
  else if (p.red >= 0 && p.blue >= 0)
    p.built_index = -static_cast<float>(std::clamp(otsu(date.index({p.red}, {p.blue}, dry_ground), -0.5, 0.8, 0.15),
                                                   visible_bare_low, visible_bare_high));
  return p;
}

}  // namespace plotwatch::change
