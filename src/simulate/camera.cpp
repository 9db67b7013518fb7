#include "simulate/camera.hpp"

#include <algorithm>
#include <cmath>

#include <tbb/parallel_for.h>

#include "simulate/scene_class.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double spread_fwhm_px = 1.15;  // as measured for the 10 m bands of Sentinel-2, roughly
constexpr int reach_px = 2;              // of the point spread, rounded up
constexpr int strip_rows = 32;

// Rows of fine samples, already gathered into pixel columns, waiting for the rows below them.
class Strip {
 public:
  explicit Strip(const Shot& shot)
      : options_(shot.options),
        ground_(shot.district, shot.occasion),
        air_(shot.air),
        spread_(shot.options.supersample, spread_fwhm_px),
        misplacement_(shot.misplacement),
        snow_(shot.snow),
        classes_(shot.classes),
        fine_(static_cast<std::size_t>(options_.width * options_.supersample - 2 * spread_.first)),
        gathered_(spread_.weights.size() * static_cast<std::size_t>(options_.width)) {}

  void draw(int from, int to, kernels::Planes<std::uint16_t> samples, kernels::View<std::uint8_t> mask) {
    const int s = spread_.supersample, taps = static_cast<int>(spread_.weights.size());
    int next = from * s + spread_.first;
    find_hidden(from, to);
    for (int y = from; y < to; ++y) {
      for (; next < y * s + spread_.first + taps; ++next) gather(next);
      for (int x = 0; x < options_.width; ++x) {
        Spectrum sum{};
        for (int t = 0; t < taps; ++t)
          add(sum, row(y * s + spread_.first + t)[x], spread_.weights[static_cast<std::size_t>(t)]);
        float snow = 0;
        if (snow_) {
          snow = snow_->cover((x + 0.5) * options_.pixel_size, (y + 0.5) * options_.pixel_size);
          sum = blend(sum, Snow::spectrum, snow);
        }
        const Spectrum seen = air_.through(sum, x, y);
        for (int b = 0; b < samples.bands; ++b)
          samples.band(b)(x, y) = static_cast<std::uint16_t>(
              std::clamp(std::lround(seen[static_cast<std::size_t>(b)] * 10000.0F), 1L, 65535L));
        if (mask.empty()) continue;
        if (classes_)
          mask(x, y) = static_cast<std::uint8_t>(scene_class(air_.clouds(), x + 0.5, y + 0.5, snow, seen));
        else
          mask(x, y) = air_.masked(x, y) ? 0 : 1;
      }
    }
  }

 private:
  static void add(Spectrum& sum, const Spectrum& value, float weight) {
    for (std::size_t b = 0; b < sum.size(); ++b) sum[b] += weight * value[b];
  }

  // Ground from which no light comes through is not drawn: all pixels that a sample may fall into lie under full cloud.
  void find_hidden(int from, int to) {
    Clouds* clouds = air_.clouds();
    if (!clouds) return;
    first_hidden_row_ = from - reach_px;
    const int width = options_.width + 2 * reach_px, height = to - from + 2 * reach_px;
    std::vector<std::uint8_t> full(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const auto at = [width](int x, int y) {
      return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
    };
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        full[at(x, y)] = clouds->cover(x - reach_px + 0.5, y + first_hidden_row_ + 0.5) >= 1 ? 1 : 0;
    std::vector<std::uint8_t> along(full.size());
    hidden_.assign(full.size(), 1);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        along[at(x, y)] = 1;
        for (int k = std::max(x - reach_px, 0); k <= std::min(x + reach_px, width - 1); ++k)
          along[at(x, y)] &= full[at(k, y)];
      }
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        for (int k = std::max(y - reach_px, 0); k <= std::min(y + reach_px, height - 1); ++k)
          hidden_[at(x, y)] &= along[at(x, k)];
  }

  bool hidden(double x, double y) const {
    if (hidden_.empty()) return false;
    const int column = static_cast<int>(std::floor(x)) + reach_px;
    const int row = static_cast<int>(std::floor(y)) - first_hidden_row_;
    return hidden_[static_cast<std::size_t>(row) * static_cast<std::size_t>(options_.width + 2 * reach_px) +
                   static_cast<std::size_t>(column)] != 0;
  }

  Spectrum* row(int fine_y) {
    const auto rows = static_cast<int>(spread_.weights.size());
    return gathered_.data() +
           static_cast<std::size_t>(((fine_y % rows) + rows) % rows) * static_cast<std::size_t>(options_.width);
  }

  void gather(int fine_y) {
    const double step = 1.0 / spread_.supersample;
    const double y = (fine_y + 0.5) * step;
    for (std::size_t i = 0; i < fine_.size(); ++i) {
      const double x = (static_cast<int>(i) + spread_.first + 0.5) * step;
      if (hidden(x, y)) {
        fine_[i] = {};
        continue;
      }
      const Point d = misplacement_.at(x, y);
      fine_[i] = ground_.at((x - d.x) * options_.pixel_size, (y - d.y) * options_.pixel_size);
    }
    Spectrum* out = row(fine_y);
    for (int x = 0; x < options_.width; ++x) {
      Spectrum sum{};
      const Spectrum* in = fine_.data() + static_cast<std::ptrdiff_t>(x) * spread_.supersample;
      for (std::size_t t = 0; t < spread_.weights.size(); ++t) add(sum, in[t], spread_.weights[t]);
      out[x] = sum;
    }
  }

  const DistrictOptions& options_;
  Ground ground_;
  Air air_;
  PointSpread spread_;
  Misplacement misplacement_;
  std::optional<Snow> snow_;
  bool classes_;
  std::vector<std::uint8_t> hidden_;  // a pixel each, with reach_px around the strip
  int first_hidden_row_ = 0;
  std::vector<Spectrum> fine_;
  std::vector<Spectrum> gathered_;
};

}  // namespace

void take_picture(const Shot& shot, kernels::Planes<std::uint16_t> samples, kernels::View<std::uint8_t> mask) {
  const int height = shot.options.height;
  const int strips = (height + strip_rows - 1) / strip_rows;
  tbb::parallel_for(0, strips, [&](int i) {
    Strip strip(shot);
    strip.draw(i * strip_rows, std::min((i + 1) * strip_rows, height), samples, mask);
  });
}

void take_picture(const District& district, const DistrictOptions& o, bool second,
                  kernels::Planes<std::uint16_t> samples, kernels::View<std::uint8_t> mask) {
  take_picture(
      Shot{district, o, Occasion{second, second ? o.after : o.before, o.season_change, o.seed}, Air(o, second),
           second ? Misplacement(o.seed, o.shift_x, o.shift_y, o.distortion_px, o.width, o.height) : Misplacement()},
      samples, mask);
}

}  // namespace plotwatch::simulate
