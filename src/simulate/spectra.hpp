// Reflectance of the materials of a district.
#pragma once

#include <array>

namespace plotwatch::simulate {

inline constexpr int band_count = 6;             // blue, green, red, nir, swir16, swir22
using Spectrum = std::array<float, band_count>;  // reflectance, [0, 1]

enum class Material {
  dry_soil,
  wet_soil,
  green_crop,
  maize,
  ripe_crop,
  green_grass,
  dry_grass,
  leafy_trees,
  bare_trees,
  clear_water,
  turbid_water,
  asphalt,
  concrete,
  fresh_concrete,
  blue_roof,
  red_roof,
  grey_roof,
  white_roof,
  tile_roof,
  plastic_film,
  cover_net,
  excavated_soil,
  rubble
};

const Spectrum& spectrum_of(Material material);

// a where share is 0, b where it is 1.
inline Spectrum blend(const Spectrum& a, const Spectrum& b, float share) {
  Spectrum out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = a[i] + (b[i] - a[i]) * share;
  return out;
}

inline Spectrum scaled(const Spectrum& a, float factor) {
  Spectrum out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = a[i] * factor;
  return out;
}

}  // namespace plotwatch::simulate
