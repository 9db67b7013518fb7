#include "pipeline/ground_seen.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace plotwatch::pipeline {
namespace {

constexpr std::int64_t most_pixels = 4096;  // medians of more are no better
constexpr int cell = 256;                   // px of the working grid, read at once

// Values of one date's pixels, band after band of one pixel.
struct Sample {
  std::size_t bands = 0;
  std::vector<float> values;
  std::size_t pixels() const { return bands == 0 ? 0 : values.size() / bands; }
};

// The value a share of the way up; the lower of two.
double quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}
double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

// The parts of runs in each cell of the grid, cells in rows.
std::map<std::pair<int, int>, std::vector<PixelRun>> by_cell(const std::vector<ChangeRun>& runs) {
  std::map<std::pair<int, int>, std::vector<PixelRun>> cells;
  for (const ChangeRun& run : runs)
    for (int x = run.x0; x < run.x1;) {
      const int end = std::min(run.x1, (x / cell + 1) * cell);
      cells[{run.y / cell, x / cell}].push_back({run.y, x, end});
      x = end;
    }
  return cells;
}

PixelWindow window_of(const std::vector<PixelRun>& runs) {
  int x0 = runs.front().x0, x1 = runs.front().x1;
  for (const PixelRun& r : runs) x0 = std::min(x0, r.x0), x1 = std::max(x1, r.x1);
  return {x0, runs.front().y, x1 - x0, runs.back().y + 1 - runs.front().y};
}

void append(const kernels::Planes<const float>& bands, int x, int y, Sample& into) {
  for (int b = 0; b < bands.bands; ++b) into.values.push_back(bands.band(b)(x, y));
}

// Indices of one date's pixels, with the samples that covers are told apart with.
class SeenDate {
 public:
  SeenDate(const Sample& sample, const std::vector<BandRole>& roles, const kernels::CoverParams& cover,
           const std::vector<float>& mean, const std::vector<float>& sd)
      : sample_(sample), roles_(roles), cover_(cover), mean_(mean), sd_(sd) {}

  GroundSeen seen() const {
    GroundSeen seen;
    if (sample_.pixels() == 0) return seen;
    for (std::size_t b = 0; b < roles_.size(); ++b)
      seen.bands.push_back({roles_[b], median(over([&](std::size_t p) { return value(p, static_cast<int>(b)); }))});
    const kernels::CoverParams& c = cover_;
    put(seen, GroundIndex::ndvi, c.nir, c.dark_nir, c.red, c.dark_red);
    put(seen, GroundIndex::ndbi, c.swir16, c.dark_swir16, c.nir, c.dark_nir);
    if (c.swir16 >= 0)
      put(seen, GroundIndex::water, c.green, c.dark_green, c.swir16, c.dark_swir16);
    else
      put(seen, GroundIndex::water, c.green, c.dark_green, c.nir, c.dark_nir);
    put_greenness(seen);
    const std::vector<double> bright = over([&](std::size_t p) { return brightness(p); });
    seen.set(GroundIndex::brightness, median(bright));
    seen.set(GroundIndex::contrast, (quantile(bright, 0.84) - quantile(bright, 0.16)) / 2);
    return seen;
  }

 private:
  double value(std::size_t pixel, int band) const {
    return static_cast<double>(sample_.values[pixel * sample_.bands + static_cast<std::size_t>(band)]);
  }
  double above(std::size_t pixel, int band, float dark) const {
    return std::max(value(pixel, band) - static_cast<double>(dark), 0.0);
  }

  template <class Of>
  std::vector<double> over(Of of) const {
    std::vector<double> all;
    for (std::size_t p = 0; p < sample_.pixels(); ++p)
      if (const double v = of(p); std::isfinite(v)) all.push_back(v);
    return all;
  }

  void put(GroundSeen& seen, GroundIndex index, int a, float dark_a, int b, float dark_b) const {
    if (a < 0 || b < 0) return;
    const std::vector<double> all = over([&](std::size_t p) {
      const double x = above(p, a, dark_a), y = above(p, b, dark_b);
      return (x - y) / (x + y);  // NaN of nothing: left out
    });
    if (!all.empty()) seen.set(index, median(all));
  }

  void put_greenness(GroundSeen& seen) const {
    const kernels::CoverParams& c = cover_;
    if (c.blue < 0 || c.green < 0 || c.red < 0) return;
    const std::vector<double> all = over([&](std::size_t p) {
      const double g = 2 * above(p, c.green, c.dark_green);
      const double rest = above(p, c.red, c.dark_red) + above(p, c.blue, c.dark_blue);
      return (g - rest) / (g + rest);
    });
    if (!all.empty()) seen.set(GroundIndex::greenness, median(all));
  }

  // Of the bands that the eye sees, of all where there are none.
  double brightness(std::size_t pixel) const {
    double visible = 0, any = 0;
    int seen = 0;
    for (std::size_t b = 0; b < roles_.size(); ++b) {
      const double z = (value(pixel, static_cast<int>(b)) - static_cast<double>(mean_[b])) /
                       std::max(static_cast<double>(sd_[b]), 1e-12);
      any += z;
      if (roles_[b] <= BandRole::red || roles_[b] == BandRole::pan) visible += z, ++seen;
    }
    return seen > 0 ? visible / seen : any / static_cast<double>(roles_.size());
  }

  const Sample& sample_;
  const std::vector<BandRole>& roles_;
  const kernels::CoverParams& cover_;
  const std::vector<float>&mean_, &sd_;
};

}  // namespace

std::pair<GroundSeen, GroundSeen> ground_seen(const ChangeComponent& changed, const change::ChangeModel& model,
                                              const DisplacementField& field, const PairReader& reader,
                                              GroundWorker& worker) {
  Sample before{model.roles.size(), {}}, after{model.roles.size(), {}};
  const std::int64_t step = std::max<std::int64_t>(1, (changed.pixels + most_pixels - 1) / most_pixels);
  std::int64_t count = 0;
  for (const auto& [place, runs] : by_cell(changed.runs)) {
    const PixelWindow window = window_of(runs);
    reader.read(window, field, worker.tile, worker.reader);
    for (const PixelRun& run : runs)
      for (int x = run.x0; x < run.x1; ++x) {
        const int tx = x - window.x, ty = run.y - window.y;
        if (count++ % step != 0 || !worker.tile.usable(tx, ty)) continue;
        append(worker.tile.before, tx, ty, before);
        append(worker.tile.after, tx, ty, after);
      }
  }
  const change::Standardisation& s = model.standardisation;
  return {SeenDate(before, model.roles, model.before_cover, s.before_mean, s.before_sd).seen(),
          SeenDate(after, model.roles, model.after_cover, s.after_mean, s.after_sd).seen()};
}

}  // namespace plotwatch::pipeline
