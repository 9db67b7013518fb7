#include <algorithm>
#include <limits>

#include "kernels/base/check.hpp"
#include "kernels/cover/cover.hpp"
#include "kernels/cover/cover_formula.hpp"

namespace plotwatch::kernels {
namespace {

constexpr int chunk = 512;  // px

// A chunk of one band and its dark value; null where the scene has no such band.
struct Role {
  const float* samples;
  float dark;
  explicit operator bool() const { return samples != nullptr; }
};

struct Roles {
  Role blue, green, red, nir, swir16;
};

PLOTWATCH_INLINE void difference(const Role& p, const Role& q, int n, float* __restrict index) {
  const float* __restrict a = p.samples;
  const float* __restrict b = q.samples;
  const float dark_a = p.dark, dark_b = q.dark;
  for (int i = 0; i < n; ++i) index[i] = normalised_difference(above_dark(a[i], dark_a), above_dark(b[i], dark_b));
}

PLOTWATCH_INLINE void constant(float value, int n, float* index) {
  for (int i = 0; i < n; ++i) index[i] = value;
}

PLOTWATCH_INLINE void built_score(const Roles& r, int n, float* __restrict score) {
  if (r.swir16 && r.red && r.nir && r.blue) {
    const float* __restrict swir = r.swir16.samples;
    const float* __restrict red = r.red.samples;
    const float* __restrict nir = r.nir.samples;
    const float* __restrict blue = r.blue.samples;
    const float dark_swir = r.swir16.dark, dark_red = r.red.dark, dark_nir = r.nir.dark, dark_blue = r.blue.dark;
    for (int i = 0; i < n; ++i)
      score[i] = -normalised_difference(above_dark(swir[i], dark_swir) + above_dark(red[i], dark_red),
                                        above_dark(nir[i], dark_nir) + above_dark(blue[i], dark_blue));
  } else if (r.red && r.blue) {
    difference(r.red, r.blue, n, score);
    for (int i = 0; i < n; ++i) score[i] = -score[i];
  } else {
    constant(std::numeric_limits<float>::quiet_NaN(), n, score);
  }
}

PLOTWATCH_MULTIVERSION void classify_chunk(const Roles& r, const CoverParams& params, int n,
                                           std::int32_t* __restrict cover) {
  float water[chunk], vegetation[chunk], built[chunk];
  const Role& absorbed = r.swir16 ? r.swir16 : r.nir;  // what water takes in most
  if (r.green && absorbed)
    difference(r.green, absorbed, n, water);
  else
    constant(-std::numeric_limits<float>::infinity(), n, water);
  const Role& reflected = r.nir ? r.nir : r.green;
  if (r.red && reflected)
    difference(reflected, r.red, n, vegetation);
  else
    constant(std::numeric_limits<float>::quiet_NaN(), n, vegetation);
  built_score(r, n, built);
  const float water_index = params.water_index, ndvi = params.vegetation_ndvi, built_index = params.built_index;
  for (int i = 0; i < n; ++i) cover[i] = classified(water[i], vegetation[i], built[i], water_index, ndvi, built_index);
}

PLOTWATCH_MULTIVERSION void code_chunk(const std::int32_t* __restrict before, const std::int32_t* __restrict after,
                                       const std::uint8_t* __restrict usable, int n, std::uint8_t* __restrict code) {
  for (int i = 0; i < n; ++i) code[i] = transition_code(before[i], after[i], usable[i] != 0);
}

Roles roles_at(Planes<const float> planes, const CoverParams& p, int x, int y) {
  const auto at = [&](int band, float dark) { return Role{band < 0 ? nullptr : &planes.band(band)(x, y), dark}; };
  return {at(p.blue, p.dark_blue), at(p.green, p.dark_green), at(p.red, p.dark_red), at(p.nir, p.dark_nir),
          at(p.swir16, p.dark_swir16)};
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
  require_cpu(backend, kernel);
  require_planes(before, kernel);
  require_planes(after, kernel);
  require_view(usable, kernel);
  require_view(code, kernel);
  require_same_size(before, code, kernel);
  require_same_size(after, code, kernel);
  require_same_size(usable, code, kernel);
  require_params(before_params, before.bands, kernel);
  require_params(after_params, after.bands, kernel);
  std::int32_t was[chunk], is[chunk];
  for (int y = 0; y < code.height; ++y) {
    for (int x = 0; x < code.width; x += chunk) {
      const int n = std::min(chunk, code.width - x);
      classify_chunk(roles_at(before, before_params, x, y), before_params, n, was);
      classify_chunk(roles_at(after, after_params, x, y), after_params, n, is);
      code_chunk(was, is, &usable(x, y), n, &code(x, y));
    }
  }
}

}  // namespace plotwatch::kernels
