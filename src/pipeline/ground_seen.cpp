#include "pipeline/ground_seen.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

namespace plotwatch::pipeline {
namespace {

constexpr std::int64_t most_pixels = 4096;  // medians of more are no better
constexpr int cell = 256;                   // px of the working grid, in whose order the pixels of large changes count

// The parts of runs in each cell of the grid, cells in rows.
std::vector<PixelRun> in_cells(const std::vector<ChangeRun>& runs) {
  std::map<std::pair<int, int>, std::vector<PixelRun>> cells;
  for (const ChangeRun& run : runs)
    for (int x = run.x0; x < run.x1;) {
      const int end = std::min(run.x1, (x / cell + 1) * cell);
      cells[{run.y / cell, x / cell}].push_back({run.y, x, end});
      x = end;
    }
  std::vector<PixelRun> all;
  for (const auto& [place, parts] : cells) all.insert(all.end(), parts.begin(), parts.end());
  return all;
}

// Calls use(vector) for every usable pixel, or for an even share of very many.
template <class Use>
void each_sample(const ChangeComponent& changed, const ChangedGround& ground, Use use) {
  const auto usable = [&](const float* vector) {
    if (!std::isnan(*vector)) use(vector);
  };
  if (changed.pixels <= most_pixels) {
    for (const ChangeRun& run : changed.runs) ground.each(run.y, run.x0, run.x1, usable);
    return;
  }
  const std::int64_t step = (changed.pixels + most_pixels - 1) / most_pixels;
  std::int64_t count = 0;
  for (const PixelRun& run : in_cells(changed.runs))
    ground.each(run.y, run.x0, run.x1, [&](const float* vector) {
      if (count++ % step == 0) usable(vector);
    });
}

// The place of the value a share of the way up; the lower of two.
std::ptrdiff_t rank_of(double share, std::size_t count) {
  return static_cast<std::ptrdiff_t>(share * static_cast<double>(count - 1));
}

using Place = std::vector<double>::iterator;
double nth(Place first, Place at, Place last) {
  std::nth_element(first, at, last);
  return *at;
}

// Reorders.
double median(std::vector<double>& values) {
  return nth(values.begin(), values.begin() + rank_of(0.5, values.size()), values.end());
}

// Indices of one date's pixels, with the samples that covers are told apart with.
class SeenDate {
 public:
  SeenDate(const GroundWorker::Samples& sample, std::vector<double>& scratch, const std::vector<BandRole>& roles,
           const kernels::CoverParams& cover, const std::vector<float>& mean, const std::vector<float>& sd)
      : bands_(sample), values_(scratch), roles_(roles), cover_(cover), mean_(mean), sd_(sd) {}

  GroundSeen seen() const {
    GroundSeen seen;
    if (pixels() == 0) return seen;
    seen.bands.reserve(roles_.size());
    for (std::size_t b = 0; b < roles_.size(); ++b) {
      over([&](std::size_t p) { return value(p, static_cast<int>(b)); });
      seen.bands.push_back({roles_[b], median(values_)});
    }
    const kernels::CoverParams& c = cover_;
    put(seen, GroundIndex::ndvi, c.nir, c.dark_nir, c.red, c.dark_red);
    put(seen, GroundIndex::ndbi, c.swir16, c.dark_swir16, c.nir, c.dark_nir);
    if (c.swir16 >= 0)
      put(seen, GroundIndex::water, c.green, c.dark_green, c.swir16, c.dark_swir16);
    else
      put(seen, GroundIndex::water, c.green, c.dark_green, c.nir, c.dark_nir);
    put_greenness(seen);
    over([&](std::size_t p) { return brightness(p); });
    seen.set(GroundIndex::brightness, median(values_));
    // The median parts what is below it from what is above.
    const auto middle = values_.begin() + rank_of(0.5, values_.size());
    const double high = nth(middle, values_.begin() + rank_of(0.84, values_.size()), values_.end());
    const double low = nth(values_.begin(), values_.begin() + rank_of(0.16, values_.size()), middle + 1);
    seen.set(GroundIndex::contrast, (high - low) / 2);
    return seen;
  }

 private:
  std::size_t pixels() const { return bands_.empty() ? 0 : bands_.front().size(); }
  double value(std::size_t pixel, int band) const {
    return static_cast<double>(bands_[static_cast<std::size_t>(band)][pixel]);
  }
  double above(std::size_t pixel, int band, float dark) const {
    return std::max(value(pixel, band) - static_cast<double>(dark), 0.0);
  }

  // Fills values_ with what is finite.
  template <class Of>
  bool over(Of of) const {
    values_.clear();
    for (std::size_t p = 0; p < pixels(); ++p)
      if (const double v = of(p); std::isfinite(v)) values_.push_back(v);
    return !values_.empty();
  }

  void put(GroundSeen& seen, GroundIndex index, int a, float dark_a, int b, float dark_b) const {
    if (a < 0 || b < 0) return;
    const bool any = over([&](std::size_t p) {
      const double x = above(p, a, dark_a), y = above(p, b, dark_b);
      return (x - y) / (x + y);  // NaN of nothing: left out
    });
    if (any) seen.set(index, median(values_));
  }

  void put_greenness(GroundSeen& seen) const {
    const kernels::CoverParams& c = cover_;
    if (c.blue < 0 || c.green < 0 || c.red < 0) return;
    const bool any = over([&](std::size_t p) {
      const double g = 2 * above(p, c.green, c.dark_green);
      const double rest = above(p, c.red, c.dark_red) + above(p, c.blue, c.dark_blue);
      return (g - rest) / (g + rest);
    });
    if (any) seen.set(GroundIndex::greenness, median(values_));
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

  const GroundWorker::Samples& bands_;
  std::vector<double>& values_;
  const std::vector<BandRole>& roles_;
  const kernels::CoverParams& cover_;
  const std::vector<float>&mean_, &sd_;
};

}  // namespace

std::pair<GroundSeen, GroundSeen> ground_seen(const ChangeComponent& changed, const change::ChangeModel& model,
                                              const ChangedGround& ground, GroundWorker& worker) {
  const std::size_t bands = model.roles.size();
  for (auto* date : {&worker.before, &worker.after}) {
    date->resize(bands);
    for (auto& values : *date) values.clear();
  }
  each_sample(changed, ground, [&](const float* vector) {
    for (std::size_t b = 0; b < bands; ++b)
      worker.before[b].push_back(vector[b]), worker.after[b].push_back(vector[bands + b]);
  });
  const change::Standardisation& s = model.standardisation;
  const auto of = [&](const GroundWorker::Samples& date, const kernels::CoverParams& cover,
                      const std::vector<float>& mean, const std::vector<float>& sd) {
    return SeenDate(date, worker.scratch, model.roles, cover, mean, sd).seen();
  };
  return {of(worker.before, model.before_cover, s.before_mean, s.before_sd),
          of(worker.after, model.after_cover, s.after_mean, s.after_sd)};
}

}  // namespace plotwatch::pipeline
