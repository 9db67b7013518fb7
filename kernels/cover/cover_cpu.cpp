#include <algorithm>

#include "kernels/base/check.hpp"
#include "kernels/cover/cover.hpp"
#include "kernels/cover/cover_formula.hpp"
#include "kernels/device/round_trip.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int chunk = 512;  // px

// The same as cover_of, index by index, so that each is a loop over a few rows.
class Chunk {
 public:
  Chunk(Planes<const float> date, int x, int y, int n) : date_(date), x_(x), y_(y), n_(n) {}

  PLOTWATCH_INLINE void difference(const CoverBand (&band)[2], float missing, float* __restrict index) const {
    if (band[0].plane < 0 || band[1].plane < 0) return constant(missing, index);
    const float* __restrict a = samples(band[0]);
    const float* __restrict b = samples(band[1]);
    const float dark_a = band[0].dark, dark_b = band[1].dark;
    for (int i = 0; i < n_; ++i) index[i] = normalised_difference(above_dark(a[i], dark_a), above_dark(b[i], dark_b));
  }

  PLOTWATCH_INLINE void built_score(const CoverPlan& plan, float* __restrict score) const {
    const auto& [plus, minus] = plan.built;
    if (plus[0].plane < 0 || minus[0].plane < 0) return constant(no_index, score);
    if (plus[1].plane < 0) {
      const CoverBand pair[2] = {plus[0], minus[0]};
      difference(pair, no_index, score);
      for (int i = 0; i < n_; ++i) score[i] = -score[i];
      return;
    }
    const float* __restrict a = samples(plus[0]);
    const float* __restrict b = samples(plus[1]);
    const float* __restrict c = samples(minus[0]);
    const float* __restrict d = samples(minus[1]);
    const float dark_a = plus[0].dark, dark_b = plus[1].dark, dark_c = minus[0].dark, dark_d = minus[1].dark;
    for (int i = 0; i < n_; ++i)
      score[i] = -normalised_difference(above_dark(a[i], dark_a) + above_dark(b[i], dark_b),
                                        above_dark(c[i], dark_c) + above_dark(d[i], dark_d));
  }

 private:
  const float* samples(const CoverBand& band) const { return date_.band(band.plane).row(y_) + x_; }
  PLOTWATCH_INLINE void constant(float value, float* index) const {
    for (int i = 0; i < n_; ++i) index[i] = value;
  }

  Planes<const float> date_;
  int x_, y_, n_;
};

PLOTWATCH_MULTIVERSION void classify_chunk(const Planes<const float>& date, const CoverPlan& plan, int x, int y, int n,
                                           std::int32_t* __restrict cover) {
  float water[chunk], vegetation[chunk], built[chunk];
  const Chunk bands(date, x, y, n);
  bands.difference(plan.water, no_water_index, water);
  bands.difference(plan.vegetation, no_index, vegetation);
  bands.built_score(plan, built);
  const float water_index = plan.water_index, ndvi = plan.vegetation_ndvi, built_index = plan.built_index;
  for (int i = 0; i < n; ++i) cover[i] = classified(water[i], vegetation[i], built[i], water_index, ndvi, built_index);
}

PLOTWATCH_MULTIVERSION void code_chunk(const std::int32_t* __restrict before, const std::int32_t* __restrict after,
                                       const std::uint8_t* __restrict usable, int n, std::uint8_t* __restrict code) {
  for (int i = 0; i < n; ++i) code[i] = transition_code(before[i], after[i], usable[i] != 0);
}

void require_params(const CoverParams& p, int bands, const char* kernel) {
  for (const int band : {p.blue, p.green, p.red, p.nir, p.swir16, p.swir22})
    require(band >= -1 && band < bands, kernel, "a plane index is neither -1 nor one of the planes");
  for (const float cut : {p.vegetation_ndvi, p.water_index, p.built_index})
    require(cut >= -1.0f && cut <= 1.0f, kernel, "index thresholds lie between -1 and 1");
}

}  // namespace

void transition(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
                const CoverParams& before_params, const CoverParams& after_params, MutableMask code) {
  constexpr auto kernel = "transition";
  require_planes(before, kernel);
  require_planes(after, kernel);
  require_view(usable, kernel);
  require_view(code, kernel);
  require_same_size(before, code, kernel);
  require_same_size(after, code, kernel);
  require_same_size(usable, code, kernel);
  require_params(before_params, before.bands, kernel);
  require_params(after_params, after.bands, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    trip.queue().transition(trip.in(before), trip.in(after), trip.in(usable), before_params, after_params,
                            trip.out(code));
    return trip.finish();
  }
  const CoverPlan before_plan = plan_cover(before_params), after_plan = plan_cover(after_params);
  std::int32_t was[chunk], is[chunk];
  for (int y = 0; y < code.height; ++y) {
    for (int x = 0; x < code.width; x += chunk) {
      const int n = std::min(chunk, code.width - x);
      classify_chunk(before, before_plan, x, y, n, was);
      classify_chunk(after, after_plan, x, y, n, is);
      code_chunk(was, is, &usable(x, y), n, &code(x, y));
    }
  }
}

}  // namespace plotwatch::kernels
